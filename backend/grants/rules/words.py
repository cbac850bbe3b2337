"""How sums and sources are said to an applicant."""

from typing import Any

from backend.grants.types import Basis, Terms, Words
from backend.policies.types import LAW, LOCAL, CostLine, Identity, Sourced


def yuan(fen: int) -> str:
    """Fen as yuan with two decimals and thousands apart: 600000 → 6,000.00."""
    return f"{fen // 100:,}.{fen % 100:02d}"


def mean_points(total: str) -> str:
    """An exact mean such as 250/3 for a reader: 83.33, rounded half up."""
    points, scores = map(int, total.split("/"))
    hundredths = (200 * points + scores) // (2 * scores)
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def basis_of(parameter: Sourced[Any], path: str, name: Words, identity: Identity) -> Basis:
    """The ground of a parameter in words; a local one is never passed off as the document's."""
    if parameter.source == LOCAL:
        words = Words(
            f"《{identity.title.zh}》第 {identity.version} 版“{name.zh}”"
            "（本地参数，原文件未作规定）",
            f"{identity.title.en}, version {identity.version}: {name.en}"
            f" (local parameter: {parameter.note})",
        )
    elif parameter.source == LAW:
        words = Words(parameter.clause, parameter.clause)
    else:
        quoted = f"“{parameter.clause}”"
        words = Words(
            f"《{identity.document}》{quoted}（{parameter.source}）",
            f"{identity.document}, {quoted} ({parameter.source})",
        )
    return Basis(path, parameter.source, parameter.clause, words)


def basis_of_cap(terms: Terms) -> Basis:
    """The ground of a call's cap: the call itself, within what the pack allows."""
    most = terms.grants.budget.max_fen_per_application
    pack = basis_of(
        most,
        "grants.budget.max_fen_per_application",
        Words("单个申报最高额", "limit of one application"),
        terms.identity,
    )
    return Basis(
        "call.cap_fen",
        "call",
        terms.call_title,
        Words(
            f"征集公告《{terms.call_title}》的上限，不高于{pack.words.zh}的 {yuan(most.value)} 元",
            f"the cap of the call “{terms.call_title}”, within {yuan(most.value)} yuan of"
            f" {pack.words.en}",
        ),
    )


def name_of(cost_line: str, lines: tuple[CostLine, ...]) -> Words:
    """What the pack calls a cost line; an unknown one is called what the applicant called it."""
    for line in lines:
        if line.key == cost_line:
            return Words(line.name.zh, line.name.en)
    return Words(cost_line, cost_line)
