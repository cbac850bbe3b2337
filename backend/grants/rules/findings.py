"""What keeps an application from being submitted, line by line, and how to mend it.

Caps by cost line hold in the plan where the pack says so (NJ-16 and its kin: a management fee is
at most a share of the total). All in integer fen; a share is rounded down.
"""

from collections.abc import Sequence

from backend.grants.rules.words import basis_of, basis_of_cap, name_of, yuan
from backend.grants.types import Basis, Finding, FindingCode, Line, Terms, Words
from backend.policies.types import CostLineCap, Sourced, Stage, ratio, share_fen


def total_fen(lines: Sequence[Line]) -> int:
    """What a budget asks for."""
    return sum(line.amount_fen for line in lines)


def decide_findings(lines: Sequence[Line], terms: Terms) -> tuple[Finding, ...]:
    """Everything that is to be mended before submission, in the order of the lines; () is fit."""
    if not lines:
        return (_no_lines(terms),)
    shares = _exceeded_shares(lines, terms)
    found = [
        *(_unknown(line, terms) for line in lines if not _is_known(line, terms)),
        *(finding for finding, _ in shares),
        *_exceeded_cap(lines, terms, {number for _, numbers in shares for number in numbers}),
    ]
    return tuple(sorted(found, key=lambda finding: finding.line or 0))


def _is_known(line: Line, terms: Terms) -> bool:
    return any(line.cost_line == known.key for known in terms.grants.budget.cost_lines.value)


def _cost_lines_basis(terms: Terms) -> Basis:
    name = Words("预算科目", "cost lines")
    cost_lines = terms.grants.budget.cost_lines
    return basis_of(cost_lines, "grants.budget.cost_lines", name, terms.identity)


def _choices(terms: Terms) -> Words:
    lines = terms.grants.budget.cost_lines.value
    return Words(
        "、".join(f"{line.name.zh}（{line.key}）" for line in lines),
        ", ".join(f"{line.name.en} ({line.key})" for line in lines),
    )


def _no_lines(terms: Terms) -> Finding:
    basis, choices = _cost_lines_basis(terms), _choices(terms)
    words = Words(
        f"预算还没有填写任何一行；依据：{basis.words.zh}；请至少填写一行，可用科目：{choices.zh}。",
        f"The budget has no line yet; source: {basis.words.en}; write one at least, under"
        f" {choices.en}.",
    )
    return Finding(FindingCode.NO_LINES, None, 0, None, basis, words)


def _unknown(line: Line, terms: Terms) -> Finding:
    basis, choices = _cost_lines_basis(terms), _choices(terms)
    words = Words(
        f"第 {line.number} 行的科目“{line.cost_line}”不在预算科目之内；"
        f"依据：{basis.words.zh}；请改用：{choices.zh}。",
        f"Line {line.number}: “{line.cost_line}” is no cost line; source: {basis.words.en};"
        f" use one of {choices.en}.",
    )
    return Finding(FindingCode.UNKNOWN_COST_LINE, line.number, line.amount_fen, None, basis, words)


def _exceeded_shares(lines: Sequence[Line], terms: Terms) -> list[tuple[Finding, tuple[int, ...]]]:
    """Each exceeded cap with the numbers of the lines under it."""
    found = []
    for index, cap in enumerate(terms.grants.budget.caps):
        if not _holds_in_plan(cap.value):
            continue
        held = [line for line in lines if line.cost_line == cap.value.line]
        whole = min(total_fen(lines), terms.cap_fen)
        limit = share_fen(whole, cap.value.max_share)
        if total_fen(held) > limit:
            path = f"grants.budget.caps[{index}]"
            finding = _share_exceeded(held, lines, cap, terms, path=path, limit=limit)
            found.append((finding, tuple(line.number for line in held)))
    return found


def _holds_in_plan(cap: CostLineCap) -> bool:
    """Whether the cap binds a plan: it is said to, and it is less than the whole."""
    numerator, denominator = ratio(cap.max_share)
    return Stage.PLAN in cap.holds_in and numerator < denominator


def _share_exceeded(
    held: Sequence[Line],
    lines: Sequence[Line],
    cap: Sourced[CostLineCap],
    terms: Terms,
    *,
    path: str,
    limit: int,
) -> Finding:
    spent, share = total_fen(held), cap.value.max_share
    name = name_of(cap.value.line, terms.grants.budget.cost_lines.value)
    title = Words(f"{name.zh}占比上限", f"largest share of {name.en}")
    basis = basis_of(cap, path, title, terms.identity)
    where, counted = _where(held), _counted(lines, terms)
    alone = _alone(total_fen(lines) - spent, share)
    words = Words(
        f"{where.zh}“{name.zh}”{yuan(spent)} 元超过总额的 {share}"
        f"（{counted.zh}上限 {yuan(limit)} 元）；依据：{basis.words.zh}；"
        f"请改为不超过 {yuan(limit)} 元，多出的 {yuan(spent - limit)} 元可列入其他科目{alone.zh}。",
        f"{where.en} “{name.en}”: {yuan(spent)} yuan is more than {share} of the total"
        f" ({counted.en}at most {yuan(limit)} yuan); source: {basis.words.en}; write at most"
        f" {yuan(limit)} yuan and move the other {yuan(spent - limit)} yuan to other"
        f" lines{alone.en}.",
    )
    largest = _largest(held)
    return Finding(FindingCode.SHARE_EXCEEDED, largest.number, spent, limit, basis, words)


def _where(held: Sequence[Line]) -> Words:
    numbers = [str(line.number) for line in held]
    if len(numbers) == 1:
        return Words(f"第 {numbers[0]} 行", f"Line {numbers[0]}")
    return Words(f"第 {'、'.join(numbers)} 行合计", f"Lines {', '.join(numbers)} together")


def _counted(lines: Sequence[Line], terms: Terms) -> Words:
    """A budget above the call's cap must shrink to it, so the share is of the cap."""
    if total_fen(lines) <= terms.cap_fen:
        return Words("", "")
    cap = yuan(terms.cap_fen)
    return Words(f"总额按征集上限 {cap} 元计，", f"of the call's cap, {cap} yuan, ")


def _alone(rest_fen: int, share: str) -> Words:
    """What is left when only this cost line is cut: the total shrinks with it.

    m ≤ share × (rest + m), so m ≤ rest × numerator / (denominator − numerator).
    """
    numerator, denominator = ratio(share)
    most = rest_fen * numerator // (denominator - numerator)
    if most == 0:
        return Words("", "")
    return Words(
        f"；如只削减这一项（总额随之减少），则不超过 {yuan(most)} 元",
        f"; if you only cut here (the total shrinks with it), at most {yuan(most)} yuan",
    )


def _largest(lines: Sequence[Line]) -> Line:
    """The largest line, the first of equal ones."""
    return max(lines, key=lambda line: (line.amount_fen, -line.number))


def _exceeded_cap(lines: Sequence[Line], terms: Terms, cut_already: set[int]) -> list[Finding]:
    """The budget above the call's cap, with the largest line that no other finding cuts."""
    total = total_fen(lines)
    over = total - terms.cap_fen
    if over <= 0:
        return []
    line = _largest([line for line in lines if line.number not in cut_already] or lines)
    basis, how = basis_of_cap(terms), _how_to_cut(line, over, terms)
    words = Words(
        f"预算合计 {yuan(total)} 元超过本次征集的上限 {yuan(terms.cap_fen)} 元，"
        f"超出 {yuan(over)} 元；依据：{basis.words.zh}；{how.zh}。",
        f"The budget asks for {yuan(total)} yuan, {yuan(over)} yuan above the call's cap of"
        f" {yuan(terms.cap_fen)} yuan; source: {basis.words.en}; {how.en}.",
    )
    return [Finding(FindingCode.CAP_EXCEEDED, line.number, total, terms.cap_fen, basis, words)]


def _how_to_cut(line: Line, over: int, terms: Terms) -> Words:
    name = name_of(line.cost_line, terms.grants.budget.cost_lines.value)
    left = line.amount_fen - over
    if left <= 0:
        return Words(
            f"请压缩各行，共减少 {yuan(over)} 元，"
            f"可先从金额最大的第 {line.number} 行“{name.zh}”（{yuan(line.amount_fen)} 元）减起",
            f"cut {yuan(over)} yuan in all, beginning with the largest line, line {line.number}"
            f" “{name.en}” ({yuan(line.amount_fen)} yuan)",
        )
    return Words(
        f"请从金额最大的第 {line.number} 行“{name.zh}”（{yuan(line.amount_fen)} 元）"
        f"减少 {yuan(over)} 元，改为不超过 {yuan(left)} 元",
        f"cut {yuan(over)} yuan from the largest line, line {line.number} “{name.en}”"
        f" ({yuan(line.amount_fen)} yuan): at most {yuan(left)} yuan",
    )
