"""Volunteers (义工/志愿者): 三工 teams, shifts (班次), check-in (签到), hours (服务时长).

Paid duty time of 党工 and 社工 goes into a ledger of its own (Decree 67 §19).
"""
