"""A voting rule as frozen values: what a file under `seed/rules/` may say. Integers only."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Basis(StrEnum):
    """What a clause counts: people, households, members of a body, or area in 0.01 m²."""

    HEADS = "heads"
    HOUSEHOLDS = "households"
    MEMBERS = "members"
    AREA = "area"


class Of(StrEnum):
    """The denominator of a clause: 应到, 到会, or 参加表决."""

    ELIGIBLE = "eligible"
    PRESENT = "present"
    CAST = "cast"


class Electorate(StrEnum):
    """Who stands on the roll. A rule that knows several calls the one chosen its mode."""

    RESIDENTS = "residents"
    HOUSEHOLDS = "households"
    GROUP_DELEGATES = "group_delegates"
    REPRESENTATIVES = "representatives"
    MEMBERS = "members"
    OWNERS = "owners"


class Presence(StrEnum):
    """What makes a roll entry present: a sourced parameter of the rule."""

    CHECKED_IN = "checked_in"
    CHECKED_IN_OR_CAST = "checked_in_or_cast"
    CAST = "cast"


class Secrecy(StrEnum):
    """How a ballot is kept: named, or sealed with one of two custodies of the key."""

    NAMED = "s0"
    SEALED_ONE_HOUSE = "s1"
    SEALED_SHARED = "s2"


class Binding(StrEnum):
    """What an outcome is worth; the legal owners' vote and election are not replaced."""

    DECISION = "decision"
    CONSULTATIVE = "consultative"
    PRECHECK = "precheck"
    OPINION_POLL = "opinion_poll"


class Precondition(StrEnum):
    """What must be on record before a motion opens."""

    MODE_FIXED = "mode_fixed"
    PARTY_STUDY = "party_study"
    AUTHORISED_BY_RESIDENTS = "authorised_by_residents"
    ON_PUBLISHED_AGENDA = "on_published_agenda"
    INTERESTED_OWNERS_FIXED = "interested_owners_fixed"


class Petitioner(StrEnum):
    """Who may demand that the meeting be convened."""

    RESIDENTS = "residents"
    HOUSEHOLDS = "households"
    GROUPS = "groups"
    REPRESENTATIVES = "representatives"
    OWNERS = "owners"


class SourceLevel(StrEnum):
    """How firm a parameter is; `local_default` and `unverified` may be changed by a place."""

    LAW = "law"
    JUDICIAL_INTERPRETATION = "judicial_interpretation"
    REGULATION = "regulation"
    LOCAL_TEXT = "local_text"
    LOCAL_DEFAULT = "local_default"
    UNVERIFIED = "unverified"


class AreaSource(StrEnum):
    """Where the area of a unit comes from, the first that is known (法释 §8)."""

    REGISTER = "register"
    SURVEY = "survey"
    CONTRACT = "contract"


class OneHead(StrEnum):
    """Units that are one head together (法释 §9)."""

    SAME_BUYER = "same_buyer"
    DEVELOPER_UNSOLD = "developer_unsold"


@dataclass(frozen=True, slots=True)
class Clause:
    """`numerator·den > bound` when strict (超过), `>=` when not (以上); 民法典 §1259."""

    basis: Basis
    of: Of
    num: int
    den: int
    strict: bool


@dataclass(frozen=True, slots=True)
class ClauseSet:
    """All clauses must hold. Of several sets for one mode any suffices; no mode means every."""

    mode: Electorate | None
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Petition:
    """At least num/den of the petitioners can demand the meeting (以上, the number included)."""

    by: Petitioner
    num: int
    den: int


@dataclass(frozen=True, slots=True)
class Proxy:
    """Whether and how one person may vote for another."""

    allowed: bool
    max_per_holder: int | None
    written: bool
    excluded: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A closed range of whole numbers."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Composition:
    """How a representative meeting is made up (居委会法 §28, 村委会法 §25)."""

    representatives_num: int
    representatives_den: int
    households_per_representative: Span | None
    women_num: int
    women_den: int


@dataclass(frozen=True, slots=True)
class OwnersRoll:
    """How owners are counted: area, one-head groups, and how long proof is kept."""

    area_from: tuple[AreaSource, ...]
    one_head: tuple[OneHead, ...]
    interested_only: bool
    evidence_days: int


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of a procedure that runs before or after the vote; `rules` decide it, if any."""

    key: str
    zh: str
    en: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where parameters come from; `fields` empty means the whole rule."""

    title: str
    article: str
    level: SourceLevel
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VotingRule:
    """One voting rule of one body, in one jurisdiction, from `valid_from` to `valid_to` incl.

    `preconditions_important` come on top for the matters of 居委会法 §30.
    """

    id: str
    version: int
    body: str
    title_zh: str
    title_en: str
    jurisdiction: str
    valid_from: date
    valid_to: date | None
    electorate: tuple[Electorate, ...]
    convened_by: str
    presence: Presence
    binding: Binding
    quorum: tuple[ClauseSet, ...]
    pass_: tuple[ClauseSet, ...]
    notice_days: int | None
    notice_days_special: int | None
    petition: tuple[Petition, ...]
    secret: tuple[Secrecy, ...]
    proxy: Proxy
    publish_min_days: int | None
    publish_within_days: int | None
    meets_every_months: int | None
    voting_days: Span | None
    delegates_per_group: Span | None
    paper_on_request: bool
    composition: Composition | None
    owners: OwnersRoll | None
    parties: tuple[str, ...]
    stages: tuple[Stage, ...]
    escalates_to: tuple[str, ...]
    preconditions: tuple[Precondition, ...]
    preconditions_important: tuple[Precondition, ...]
    sources: tuple[Source, ...]
