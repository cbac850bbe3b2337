"""Refusals that no single room owns."""

from backend.core.problems.refusal import Kind, Refusal


class Malformed(Refusal):
    """The body is no JSON, or a parameter cannot be read."""

    kind = Kind.MALFORMED
    code = "malformed-request"
    zh = "请求无法读取：{reason}"
    en = "The request cannot be read: {reason}"


class InvalidRequest(Refusal):
    """Fields are missing, unknown or out of bounds; `errors` lists field and message."""

    kind = Kind.INVALID
    code = "invalid-request"
    zh = "请检查这些内容：{fields}"
    en = "Please check: {fields}"


class ValueNotStorable(Refusal):
    """The database cannot keep a value: a NUL or half a character, a number or date too large."""

    kind = Kind.INVALID
    code = "value-not-storable"
    zh = "内容含有无法保存的字符，或数字、日期超出范围，请修改后再提交。"
    en = "A character cannot be stored, or a number or date is out of range. Please change it."


class NotSignedIn(Refusal):
    """No bearer token, or one that is unknown, expired or revoked."""

    kind = Kind.UNAUTHENTICATED
    code = "not-signed-in"
    zh = "登录已失效，请重新登录。"
    en = "You are not signed in, or your sign-in has ended. Please sign in again."


class NotPermitted(Refusal):
    """The account holds no role that allows this here."""

    kind = Kind.FORBIDDEN
    code = "not-permitted"
    zh = "您没有办理此事的权限。如有需要，请联系社区工作人员。"
    en = "Your roles do not allow this. Ask your community's staff if you need it."


class NotFound(Refusal):
    """Absent, or hidden from this person: the two read the same on purpose."""

    kind = Kind.NOT_FOUND
    code = "not-found"
    zh = "没有找到相关内容。"
    en = "There is nothing here that you may see."


class MethodNotAllowed(Refusal):
    """The address exists, the method does not."""

    kind = Kind.MALFORMED
    code = "method-not-allowed"
    zh = "此地址不支持该操作。"
    en = "This address does not take that method."

    @property
    def status(self) -> int:
        """RFC 9110 has a status of its own for this."""
        return 405


class TooManyRequests(Refusal):
    """A rate limit was reached; `retry_after_s` says when to try again."""

    kind = Kind.TOO_MANY
    code = "too-many-requests"
    zh = "操作过于频繁，请在 {retry_after_s} 秒后再试。"
    en = "Too many requests; try again in {retry_after_s} seconds."


class Unavailable(Refusal):
    """The database did not answer in time; nothing was changed."""

    kind = Kind.UNAVAILABLE
    code = "unavailable"
    zh = "系统繁忙，您的操作没有生效，请稍后再试。"
    en = "The service is busy; nothing was changed. Please try again."


class Conflict(Refusal):
    """Two changes met and this one lost; nothing of it was kept."""

    kind = Kind.CONFLICT
    code = "conflict"
    zh = "与他人的操作冲突，您的操作没有生效，请刷新后再试。"
    en = "Another change came first; nothing of yours was kept. Refresh and try again."


class InternalError(Refusal):
    """A fault of ours; the request id finds it in the logs."""

    kind = Kind.UNAVAILABLE
    code = "internal-error"
    zh = "系统出错，已记录。请稍后再试或联系工作人员。"
    en = "Something went wrong on our side and was recorded. Please try again later."

    @property
    def status(self) -> int:
        """The one status that no rule may give."""
        return 500
