"""Tables of needs: the ledger, who voiced a need, and each step of what became of it."""

from piccolo.columns import Integer
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from backend.core.columns import key, moment, place, refers_to, text, word


class Need(Table, tablename="needs"):
    """Something residents ask for (需求); the public title and the private detail are apart."""

    id = key()
    place_code = place()
    category = word(40)
    client_group = word(60, null=True)
    title = word(200)
    detail = text()
    urgency = word(10)
    affected_count = Integer(default=None)
    source_kind = word(30)
    source_ref = word(100)
    state = word(20)
    raised_by = refers_to("Account")
    raised_at = moment()

    needs_state = Check("state IN ('raised','grouped','answered','delivered','rated','declined')")
    needs_urgency = Check("urgency IN ('normal','urgent')")
    needs_affected = Check("affected_count >= 0")


class NeedVoice(Table, tablename="need_voices"):
    """A person who named this need; told at each step, never listed."""

    id = key()
    need_id = refers_to("Need")
    person_id = refers_to("Person", index=True)

    need_voices_once = Unique([need_id, person_id])


class NeedStep(Table, tablename="need_steps"):
    """What became of a need: each step with its link (meeting, award, project …), append-only."""

    id = key()
    need_id = refers_to("Need", index=True)
    step = word(30)
    ref_kind = word(30)
    ref_id = word(60)
    text_zh = text()
    text_en = text()
    at = moment()
    by = refers_to("Account", null=True)

    need_steps_once = Unique([need_id, step, ref_id])
