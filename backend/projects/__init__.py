"""Projects (项目): what the money pays for, its ledger and its evidence (佐证).

Words: *evidence* (佐证) a fact from another room that counts for a project: a need answered, a
decision, hours served, people reached, money; *ledger* (资金台账) what was committed, paid, spent.

Feedback has one visible route into a project: `record_evidence`. Neighbours: stands on
`organisations` and `needs`; `grants` starts projects, `volunteers` and `meetings` feed them.
"""
