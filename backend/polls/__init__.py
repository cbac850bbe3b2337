"""Polls: rolls, presence, motions, voting rules, ballots and tallies; owns `/motions`.

Words: roll 名册 (frozen list of who may vote, with weights), presence 到会 (a roll entry checked
in by closure), motion 表决事项 (one question put to a roll), voting rule 表决规则 (data under
`seed/rules/`, pinned by id and version when the motion opens), ballot 选票, tally 计票.

Neighbours: meetings, volunteers and grants put motions and mark presence here; policies and
publications stand below. A consultation forms an opinion (协商意见); only a residents' meeting or
a residents' representative meeting takes a decision (决定).
"""
