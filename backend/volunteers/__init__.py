"""Volunteers (义工/志愿者): 三工 teams, shifts (班次), check-in (签到/签退), hours (服务时长).

Words: *capacity* as what somebody serves, 党工, 社工 or volunteer; *presence* from check-in to
check-out of one shift; *ledger* volunteer service or paid duty, never mixed (Decree 67 §19);
*confirmation* (时长确认) closes the books of a shift and makes its hours evidence (佐证).

Neighbours: stands on `projects` (evidence), `policies` (how presence becomes hours), `identity`
(roles); `surveys`, `meetings` and `grants` are siblings that it does not know.
"""
