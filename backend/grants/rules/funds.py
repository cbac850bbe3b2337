"""A fund (专项基金) gives no more than it has; its entries are numbered without a gap."""

from backend.core.problems import Kind, Refusal
from backend.grants.types import FundHead


class FundNameTaken(Refusal):
    """A place has one fund of a name."""

    kind = Kind.CONFLICT
    code = "fund-name-taken"
    zh = "本地已有同名的专项基金，请换一个名称。"
    en = "This place has a fund of this name already; choose another name."
    constraint = "funds_name_once"


class ContributionAlreadyRecorded(Refusal):
    """One voucher, one entry."""

    kind = Kind.CONFLICT
    code = "contribution-already-recorded"
    zh = "该凭证号已在本基金入账，请核对；若是另一笔款项，请使用它自己的凭证号。"
    en = "This reference is booked in the fund already; another payment has its own reference."
    constraint = "fund_entries_once"


class FundTooSmall(Refusal):
    """The balance does not cover the commitment."""

    kind = Kind.CONFLICT
    code = "fund-too-small"
    zh = "专项基金的余额不足以支付这笔立项资金，请先为基金筹款入账，或调低立项金额。"
    en = "The fund's balance does not cover this: add money to the fund, or award less."
    constraint = "fund_entries_balance"


def next_head(head: FundHead, amount_fen: int) -> FundHead:
    """The fund after one more entry (negative: a commitment); refuses to go below zero."""
    balance = head.balance_fen + amount_fen
    if balance < 0:
        raise FundTooSmall(balance_fen=head.balance_fen, needed_fen=-amount_fen)
    return FundHead(head.number + 1, balance)
