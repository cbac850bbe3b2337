"""Meetings (会议): topics (议题), notice, check-in, motions, resolutions (决定).

The roll, presence, motions' polls and ballots belong to `polls`. Siblings: surveys, volunteers,
grants.
"""
