"""Notices (通知): the inbox of every person, and the delivery of the outbox to it.

The inbox is the truth; any other channel is a hint. Below: identity, places.
"""
