"""Voting rules as they were loaded, chosen by place and day."""

from datetime import date
from typing import Any

import msgspec

from backend.core.db import fetch
from backend.polls import rules
from backend.polls.types import VotingRule

GET_RULE_REFUSES = (rules.NoRuleInForce, rules.RuleNotForHere)

_SAME_BODY = """
SELECT body FROM voting_rules
 WHERE jurisdiction = ANY($1)
   AND body ->> 'body' = (SELECT body ->> 'body' FROM voting_rules WHERE rule_id = $2 LIMIT 1)
"""


def read_rule(body: Any) -> VotingRule:
    """A rule from its JSON, as a row of `voting_rules` or a motion keeps it."""
    return msgspec.convert(body, VotingRule)


async def get_rule(rule_id: str, place_path: str, on: date) -> VotingRule:
    """The named rule, if it is the one in force for its body at this place on this day.

    Refuses an unknown one, and one that a more local or a newer rule stands before.
    """
    jurisdiction = rules.jurisdiction_of(place_path)
    rows = await fetch(_SAME_BODY, list(jurisdiction), rule_id)
    found = [read_rule(row["body"]) for row in rows]
    body = found[0].body if found else rule_id
    chosen = rules.choose_rule(found, body, jurisdiction, on)
    rules.require_chosen(chosen, rule_id, on)
    return chosen
