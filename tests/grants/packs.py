"""The Shushan pack as a value, and packs that differ from it."""

import tomllib
from typing import Any

import msgspec

from backend.grants.types import Terms
from backend.policies.types import Budget, CostLineCap, Grants, PolicyPack, Sourced, Stage
from backend.settings import SEED_DIR

FILE = SEED_DIR / "policies" / "shushan-2019.toml"
PACK: PolicyPack = msgspec.convert(tomllib.loads(FILE.read_text(encoding="utf-8")), PolicyPack)


def _grants() -> Grants:
    assert PACK.grants is not None
    return PACK.grants


GRANTS = _grants()
REVIEW = GRANTS.review
COST_LINES = tuple(line.key for line in GRANTS.budget.cost_lines.value)
CAP_FEN = 5_000_000


def terms(cap_fen: int = CAP_FEN, grants: Grants = GRANTS) -> Terms:
    """What applications to a call of Shushan are held against."""
    return Terms("傍晚照护微创投", cap_fen, PACK.identity, grants)


def cap(line: str, share: str, *stages: Stage, **source: Any) -> Sourced[CostLineCap]:
    """A cap on a cost line; local unless a source is given."""
    value = CostLineCap(line=line, max_share=share, holds_in=stages or (Stage.PLAN,))
    return Sourced(value=value, **(source or {"source": "local", "note": "for a test"}))


def with_caps(*caps: Sourced[CostLineCap]) -> Grants:
    """Shushan's grants with other caps."""
    budget = msgspec.structs.replace(GRANTS.budget, caps=caps)
    assert isinstance(budget, Budget)
    return msgspec.structs.replace(GRANTS, budget=budget)
