"""An application (申报) is a draft until it is submitted, and then stands as it is."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from backend.core.problems import Kind, Refusal
from backend.grants.types import Finding


class AlreadyApplied(Refusal):
    """One application an organisation and call."""

    kind = Kind.CONFLICT
    code = "already-applied"
    zh = "贵组织在本次征集中已有申报书，请修改原申报书，不必另建。"
    en = "Your organisation has an application to this call already; edit that one."
    constraint = "applications_once"


class ApplicationPeriodInvalid(Refusal):
    """A project ends after it starts."""

    kind = Kind.INVALID
    code = "application-period-invalid"
    zh = "项目结束日期应晚于开始日期，请修改。"
    en = "A project ends after it starts; change the days."
    constraint = "applications_period"


class ApplicationSubmitted(Refusal):
    """What was submitted is judged as it is."""

    kind = Kind.CONFLICT
    code = "application-submitted"
    zh = "申报书已提交，不能再修改或重复提交。"
    en = "The application is submitted and can be neither changed nor submitted again."


class ApplicationIncomplete(Refusal):
    """Findings are open; each says line, figure, clause, and how to mend it."""

    kind = Kind.INVALID
    code = "application-incomplete"
    zh = "申报书还有 {count} 处需要修改后才能提交：{details_zh}"
    en = "Still to mend before you submit ({count}): {details_en}"


def admit_days(starts_on: date, ends_on: date) -> None:
    """Refuse a project that ends on its first day or before."""
    if ends_on <= starts_on:
        raise ApplicationPeriodInvalid


def require_draft(submitted_at: datetime | None) -> None:
    """Refuse to touch what was submitted."""
    if submitted_at is not None:
        raise ApplicationSubmitted


def require_complete(findings: Sequence[Finding], shown: Sequence[Any]) -> None:
    """Refuse submission while a finding is open; `shown` is how the findings are answered."""
    if findings:
        raise ApplicationIncomplete(
            count=len(findings),
            details_zh="".join(finding.words.zh for finding in findings),
            details_en=" ".join(finding.words.en for finding in findings),
            findings=list(shown),
        )
