"""From TOML tables to voting rules: strict, since a misread parameter decides a vote wrongly."""

import re
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any

from backend.polls.rules.parsing import Table, read_span
from backend.polls.types import (
    AreaSource,
    Basis,
    Binding,
    Clause,
    ClauseSet,
    Composition,
    Electorate,
    Of,
    OneHead,
    OwnersRoll,
    Petition,
    Petitioner,
    Precondition,
    Presence,
    Proxy,
    Secrecy,
    Source,
    SourceLevel,
    Stage,
    VotingRule,
)

_NAME = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")
_JURISDICTION = re.compile(r"CN|[0-9]{6,12}(-[A-Z0-9]+)*")


def parse_clause(mapping: Mapping[str, Any], path: str = "clause") -> Clause:
    """A clause from `{basis, of, at = "1/2", strict}`; ValueError names the key's path."""
    table = Table(mapping, path)
    clause = _read_clause(table)
    table.done()
    return clause


def parse_rule(mapping: Mapping[str, Any], path: str = "rule") -> VotingRule:
    """One complete rule table; ValueError names the key's path."""
    table = Table(mapping, path)
    rule = _read_rule(table)
    table.done()
    _require_sound(rule, path)
    return rule


def parse_rules(documents: Mapping[str, Mapping[str, Any]]) -> tuple[VotingRule, ...]:
    """All rules of parsed TOML documents by file name; `extends` takes over another rule's keys.

    A local rule says only what differs from the national one it extends. Sources are added up.
    """
    tables = list(chain.from_iterable(_tables_of(name, body) for name, body in documents.items()))
    named = {str(table["id"]): table for _, table in tables}
    rules = [parse_rule(_completed(table, named, path), path) for path, table in tables]
    _require_unique(rules)
    return tuple(rules)


def _tables_of(name: str, document: Mapping[str, Any]) -> Iterable[tuple[str, Mapping[str, Any]]]:
    top = Table(document, name)
    found = top.take("rule")
    top.done()
    if not isinstance(found, list):
        raise top.fail("rule", "a list of tables is needed")
    for index, value in enumerate(found):
        path = f"{name}.rule[{index}]"
        Table(value, path).text("id")
        yield path, value


def _completed(
    table: Mapping[str, Any], named: Mapping[str, Mapping[str, Any]], path: str
) -> Mapping[str, Any]:
    others = {key: value for key, value in named.items() if key != table["id"]}
    if "extends" not in table:
        return table
    if str(table["extends"]) not in others:
        raise ValueError(f"{path}.extends: no other rule {table['extends']} to extend")
    parent = _completed(others[str(table["extends"])], others, path)
    own = {key: value for key, value in table.items() if key != "extends"}
    sources = [*parent.get("sources", []), *own.get("sources", [])]
    return {**parent, **own, "sources": sources}


def _require_unique(rules: list[VotingRule]) -> None:
    seen: set[tuple[str, int]] = set()
    for rule in rules:
        if (rule.id, rule.version) in seen:
            raise ValueError(f"{rule.id} version {rule.version} stands twice")
        seen.add((rule.id, rule.version))


def _read_rule(table: Table) -> VotingRule:
    return VotingRule(
        id=table.text("id"),
        version=table.whole("version", 1),
        body=table.text("body"),
        title_zh=table.text("title_zh"),
        title_en=table.text("title_en"),
        jurisdiction=table.text("jurisdiction"),
        valid_from=table.day("valid_from"),
        valid_to=table.day_or_none("valid_to"),
        electorate=table.some_of("electorate", Electorate),
        convened_by=table.text("convened_by"),
        presence=table.one_of("presence", Presence),
        binding=table.one_of("binding", Binding),
        quorum=table.tables("quorum", _read_clause_set),
        pass_=table.tables("pass", _read_clause_set),
        notice_days=table.whole_or_none("notice_days", 0),
        notice_days_special=table.whole_or_none("notice_days_special", 0),
        petition=table.tables("petition", _read_petition),
        secret=table.some_of("secret", Secrecy),
        proxy=table.table_or_none("proxy", _read_proxy) or _NO_PROXY,
        publish_min_days=table.whole_or_none("publish_min_days", 1),
        publish_within_days=table.whole_or_none("publish_within_days", 1),
        meets_every_months=table.whole_or_none("meets_every_months", 1),
        voting_days=table.table_or_none("voting_days", read_span),
        delegates_per_group=table.table_or_none("delegates_per_group", read_span),
        paper_on_request=table.flag("paper_on_request", default=False),
        composition=table.table_or_none("composition", _read_composition),
        owners=table.table_or_none("owners", _read_owners),
        parties=table.texts("parties"),
        stages=table.tables("stages", _read_stage),
        escalates_to=table.texts("escalates_to"),
        preconditions=table.some_of("preconditions", Precondition, ()),
        preconditions_important=table.some_of("preconditions_important", Precondition, ()),
        sources=table.tables("sources", _read_source),
    )


_NO_PROXY = Proxy(allowed=False, max_per_holder=None, written=False, excluded=())


def _read_clause(table: Table) -> Clause:
    num, den = table.fraction("at")
    strict = table.flag("strict", default=False)
    if strict and num == den:
        raise table.fail("at", "nothing is more than all")
    basis, of = table.one_of("basis", Basis), table.one_of("of", Of)
    return Clause(basis, of, num, den, strict)


def _read_clause_set(table: Table) -> ClauseSet:
    mode = table.one_of("mode", Electorate) if table.has("mode") else None
    clauses = table.tables("all_of", _read_clause)
    if not clauses:
        raise table.fail("all_of", "at least one clause is needed")
    return ClauseSet(mode, clauses)


def _read_petition(table: Table) -> Petition:
    return Petition(table.one_of("by", Petitioner), *table.fraction("at"))


def _read_proxy(table: Table) -> Proxy:
    return Proxy(
        allowed=table.flag("allowed", default=False),
        max_per_holder=table.whole_or_none("max_per_holder", 1),
        written=table.flag("written", default=True),
        excluded=table.texts("excluded"),
    )


def _read_composition(table: Table) -> Composition:
    representatives = table.fraction("representatives")
    if representatives[0] == representatives[1]:
        raise table.fail("representatives", "the committee sits in the meeting too: below 1")
    span = table.table_or_none("households_per_representative", read_span)
    women = table.fraction("women") if table.has("women") else (0, 1)
    return Composition(*representatives, span, *women)


def _read_owners(table: Table) -> OwnersRoll:
    return OwnersRoll(
        area_from=table.some_of("area_from", AreaSource),
        one_head=table.some_of("one_head", OneHead),
        interested_only=table.flag("interested_only", default=False),
        evidence_days=table.whole("evidence_days", 365),
    )


def _read_stage(table: Table) -> Stage:
    return Stage(table.text("key"), table.text("zh"), table.text("en"), table.texts("rules"))


def _read_source(table: Table) -> Source:
    level = table.one_of("level", SourceLevel)
    return Source(table.text("title"), table.text("article", ""), level, table.texts("fields"))


def _require_sound(rule: VotingRule, path: str) -> None:
    groups = (*rule.quorum, *rule.pass_)
    fields = {*VotingRule.__dataclass_fields__, "pass"}
    has_area = any(clause.basis is Basis.AREA for group in groups for clause in group.clauses)
    checks = {
        "id": bool(_NAME.fullmatch(rule.id)),
        "body": bool(_NAME.fullmatch(rule.body)),
        "jurisdiction": bool(_JURISDICTION.fullmatch(rule.jurisdiction)),
        "valid_to": rule.valid_to is None or rule.valid_from <= rule.valid_to,
        "electorate": bool(rule.electorate),
        "secret": bool(rule.secret) and (not has_area or rule.secret == (Secrecy.NAMED,)),
        "sources": bool(rule.sources)
        and all(name in fields for source in rule.sources for name in source.fields),
        "quorum": _fits_modes(rule.quorum, rule.electorate)
        and all(clause.of is Of.ELIGIBLE for group in rule.quorum for clause in group.clauses),
        "pass": _fits_modes(rule.pass_, rule.electorate),
        "notice_days_special": (rule.notice_days_special or 0) <= (rule.notice_days or 0),
    }
    for key, sound in checks.items():
        if not sound:
            raise ValueError(f"{path}.{key}: not sound for rule {rule.id}")


def _fits_modes(groups: tuple[ClauseSet, ...], electorate: tuple[Electorate, ...]) -> bool:
    named = {group.mode for group in groups}
    return not groups or None in named or named == set(electorate)
