"""What crosses the wire in grants: funds and calls, applications, review and award."""

from backend.grants.schemas.applications import (
    ApplicationItem,
    ApplicationView,
    BasisView,
    BudgetLineView,
    ChecklistView,
    DraftApplication,
    FindingView,
    ReviseApplication,
    WrittenLine,
)
from backend.grants.schemas.calls import (
    CallView,
    ContributionView,
    CreateFund,
    FundEntryView,
    FundView,
    OpenCall,
    RecordContribution,
)
from backend.grants.schemas.review import (
    AssignPanel,
    AwardGrant,
    AwardView,
    PanelView,
    RankedView,
    RankingView,
    ScoreApplication,
    ScoreView,
)

__all__ = [
    "ApplicationItem",
    "ApplicationView",
    "AssignPanel",
    "AwardGrant",
    "AwardView",
    "BasisView",
    "BudgetLineView",
    "CallView",
    "ChecklistView",
    "ContributionView",
    "CreateFund",
    "DraftApplication",
    "FindingView",
    "FundEntryView",
    "FundView",
    "OpenCall",
    "PanelView",
    "RankedView",
    "RankingView",
    "RecordContribution",
    "ReviseApplication",
    "ScoreApplication",
    "ScoreView",
    "WrittenLine",
]
