"""Decisions of organisations: what a credit code is, who is registered and who is filed.

Source of the check character: GB 32100-2015 法人和其他组织统一社会信用代码编码规则.
"""

from backend.core.problems import Kind, Refusal
from backend.organisations.types import OrganisationStatus

CREDIT_CODE_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The 31 characters of GB 32100, each worth its position; I, O, S, V and Z are left out."""

CREDIT_CODE_LENGTH = 18
_REGION = slice(2, 8)


class CreditCodeInvalid(Refusal):
    """A unified social credit code has 18 characters, the last of which checks the others."""

    kind = Kind.INVALID
    code = "credit-code-invalid"
    zh = "统一社会信用代码不正确：应为 18 位，且末位校验码相符。请对照登记证书核对。"
    en = "The credit code is wrong: 18 characters, the last of which checks the others."


class OrganisationAlreadyKnown(Refusal):
    """One credit code, one organisation."""

    kind = Kind.CONFLICT
    code = "organisation-already-known"
    zh = "该统一社会信用代码的组织已在册，无需重复登记。"
    en = "An organisation with this credit code is on record already."
    constraint = "organisations_credit_code_once"


class AlreadyOnStaff(Refusal):
    """The person has this function in this organisation right now."""

    kind = Kind.CONFLICT
    code = "already-on-staff"
    zh = "该人员已在本组织担任这一职务。"
    en = "This person has this function in the organisation already."
    constraint = "organisation_staff_current_once"


def credit_check_character(first_17: str) -> str:
    """The 18th character: 31 − Σ value × 3^position mod 31 (GB 32100-2015, 4.2.5).

    Raises `ValueError` for a character that the standard does not use.
    """
    total = sum(
        CREDIT_CODE_SIGNS.index(sign) * pow(3, position, 31)
        for position, sign in enumerate(first_17)
    )
    return CREDIT_CODE_SIGNS[-total % 31]


def is_credit_code(code: str) -> bool:
    """Whether it is well formed: 18 of the 31 characters, a region in digits, a right check."""
    return (
        len(code) == CREDIT_CODE_LENGTH
        and all(sign in CREDIT_CODE_SIGNS for sign in code)
        and code[_REGION].isdecimal()
        and credit_check_character(code[:-1]) == code[-1]
    )


def parse_credit_code(text: str) -> str:
    """The code in capitals without blanks and hyphens, or a refusal."""
    code = text.replace(" ", "").replace("-", "").upper()
    if not is_credit_code(code):
        raise CreditCodeInvalid
    return code


def decide_status(credit_code: str | None) -> OrganisationStatus:
    """依法登记注册或备案管理 (SS-02): with a credit code it is registered, without one filed."""
    return OrganisationStatus.REGISTERED if credit_code else OrganisationStatus.FILED
