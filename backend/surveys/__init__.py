"""Surveys (问卷): what residents are asked, once each, and what they answered.

A questionnaire (题目) is a draft until opened; then it is frozen and hashed. Answers are named
(实名). What many chose becomes a need. Below: needs, community; siblings are not known here.
"""
