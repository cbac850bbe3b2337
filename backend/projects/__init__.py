"""Projects (项目): what the money pays for, its ledger and its evidence (佐证).

Feedback has one visible route into a project: `record_evidence`.
"""
