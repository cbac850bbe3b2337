"""A clause in the words of a resident, Chinese and English, with its figures."""

from backend.polls.types import Basis, Clause, Of, Presence

Figures = tuple[int, int, int]

_DIGITS = "零一二三四五六七八九十"
_UNITS = {Basis.HEADS: "人", Basis.HOUSEHOLDS: "户", Basis.MEMBERS: "人", Basis.AREA: "平方米"}
_UNITS_EN = {
    Basis.HEADS: "", Basis.HOUSEHOLDS: " households", Basis.MEMBERS: " members", Basis.AREA: " m²"
}  # fmt: skip
_SHARES_EN = {(1, 2): "half", (1, 3): "a third", (2, 3): "two thirds", (3, 4): "three quarters"}
_WHOLE_ZH = {Of.ELIGIBLE: "应到", Of.PRESENT: "到会", Of.CAST: "参加表决"}
_WHOLE_EN = {Of.ELIGIBLE: "entitled", Of.PRESENT: "present", Of.CAST: "voting"}


def quorum_words(
    clause: Clause, presence: Presence, figures: Figures, *, is_met: bool
) -> tuple[str, str]:
    """Chinese and English; `figures` are numerator, denominator and bound."""
    number, whole, _ = (_amount_zh(clause.basis, value) for value in figures)
    number_en, whole_en, _ = (_number(clause.basis, value) for value in figures)
    came, came_en = ("参加", "took part") if presence is Presence.CAST else ("实到", "came")
    due = "共" if clause.basis is Basis.AREA else "应到"
    zh = f"{due} {whole}，{came} {number}；{_need_zh(clause, figures, is_met=is_met)}"
    en = f"{number_en} of {whole_en}{_UNITS_EN[clause.basis]} {came_en}; "
    return zh, en + _need_en(clause, figures, is_met=is_met)


def pass_words(clause: Clause, figures: Figures, *, is_met: bool) -> tuple[str, str]:
    """Chinese and English: how many said yes, and of whom the share is taken."""
    number, whole, _ = (_amount_zh(clause.basis, value) for value in figures)
    number_en, whole_en, _ = (_number(clause.basis, value) for value in figures)
    zh = f"{_WHOLE_ZH[clause.of]} {whole}，同意 {number}；"
    en = f"{number_en} of {whole_en}{_UNITS_EN[clause.basis]} {_WHOLE_EN[clause.of]} said yes; "
    return zh + _need_zh(clause, figures, is_met=is_met), en + _need_en(
        clause, figures, is_met=is_met
    )


def _need_zh(clause: Clause, figures: Figures, *, is_met: bool) -> str:
    bound = _amount_zh(clause.basis, figures[2])
    return f"须{_share_zh(clause)}（至少 {bound}）：{'达到' if is_met else '未达到'}"


def _need_en(clause: Clause, figures: Figures, *, is_met: bool) -> str:
    bound = _number(clause.basis, figures[2])
    return f"{_share_en(clause)} needed (at least {bound}): {'yes' if is_met else 'no'}"


def _share_zh(clause: Clause) -> str:
    if clause.num == clause.den:
        return "全部"
    whole = f"{_numeral(clause.den)}分之{_numeral(clause.num)}"
    share = "半数" if (clause.num, clause.den) == (1, 2) else whole
    return f"超过{share}" if clause.strict else f"达{share}以上"


def _share_en(clause: Clause) -> str:
    if clause.num == clause.den:
        return "all are"
    share = _SHARES_EN.get((clause.num, clause.den), f"{clause.num}/{clause.den}")
    return f"more than {share} are" if clause.strict else f"at least {share} are"


def _numeral(number: int) -> str:
    return _DIGITS[number] if number < len(_DIGITS) else str(number)


def _amount_zh(basis: Basis, value: int) -> str:
    return f"{_number(basis, value)} {_UNITS[basis]}"


def _number(basis: Basis, value: int) -> str:
    return f"{value // 100:,}.{value % 100:02d}" if basis is Basis.AREA else str(value)
