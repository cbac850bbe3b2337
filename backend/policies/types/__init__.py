"""The schema of a policy pack: frozen values, each with its source; unknown keys are refused.

Groups stand beside one another (`grants`, `volunteers`, …) and may be absent, so that each city
brings only what its document rules. Money in fen, durations in the unit of the name, shares as
"1/10".
"""

from backend.policies.types.grants import (
    Budget,
    CostLine,
    CostLineCap,
    Criterion,
    Grants,
    PriorityFactor,
    RecusalGround,
    Review,
    Stage,
)
from backend.policies.types.indicators import Direction, Target, is_target_met, is_within
from backend.policies.types.pack import Identity, Needs, PackError, PolicyPack, Publications
from backend.policies.types.shares import ratio, share_fen
from backend.policies.types.sourced import LAW, LOCAL, RATIO_PATTERN, Label, Sourced
from backend.policies.types.volunteers import Backbone, Volunteers

__all__ = [
    "LAW",
    "LOCAL",
    "RATIO_PATTERN",
    "Backbone",
    "Budget",
    "CostLine",
    "CostLineCap",
    "Criterion",
    "Direction",
    "Grants",
    "Identity",
    "Label",
    "Needs",
    "PackError",
    "PolicyPack",
    "PriorityFactor",
    "Publications",
    "RecusalGround",
    "Review",
    "Sourced",
    "Stage",
    "Target",
    "Volunteers",
    "is_target_met",
    "is_within",
    "ratio",
    "share_fen",
]
