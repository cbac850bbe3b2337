"""Seeding (演示数据): makes a made-up community whose every person, name and number is fictional.

`generate` is pure: a specification and a `random.Random` in, frozen values out; the same seed gives
the same community. Writing it into the rooms' tables is the work of the rooms' own actions.

Neighbours: stands beside `app` and `worker`; no room imports it.
"""
