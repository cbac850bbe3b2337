"""Tables of the core: the demo clock's shift, audit, idempotency, outbox."""

from piccolo.columns import JSONB, UUID, Bytea, Integer, Interval, SmallInt
from piccolo.columns.column_types import BigSerial
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from backend.core.columns import moment, text, word


class ClockShift(Table, tablename="clock_shift"):
    """How far `linli_now()` stands ahead of the real clock: one row, zero in production."""

    id = SmallInt(primary_key=True, default=1)
    shift = Interval(default=None)

    clock_shift_single = Check("id = 1")
    clock_shift_forward = Check("shift >= interval '0'")


class AuditEvent(Table, tablename="audit_events"):
    """One change, in the transaction that made it; a trigger refuses UPDATE and DELETE."""

    id = BigSerial(primary_key=True)
    at = moment()
    event = word(60)
    account_id = UUID(default=None, null=True)
    session_id = UUID(default=None, null=True)
    subject_kind = word()
    subject_id = word(60)
    place_code = word(24, null=True)
    facts = JSONB(default="{}")


class IdempotencyKey(Table, tablename="idempotency_keys"):
    """A request that took effect, and its answer; unique by (account, operation, key)."""

    account_id = UUID(default=None)
    operation = word(60)
    key = word(100)
    request_hash = Bytea(default=None)
    answer = JSONB(default=None, null=True)
    created_at = moment()

    idempotency_keys_once = Unique([account_id, operation, key])


class OutboxMessage(Table, tablename="outbox_messages"):
    """What the worker must do after a commit; `tag` is stable over retries."""

    id = BigSerial(primary_key=True)
    kind = word()
    payload = JSONB(default="{}")
    tag = word(200)
    due_at = moment()
    attempts = Integer(default=0)
    last_error = text(null=True)
    done_at = moment(null=True)
    failed_at = moment(null=True)

    outbox_messages_once = Unique([tag])
