"""Checking in and out of a shift by the code on the screen."""

from datetime import timedelta
from uuid import uuid4

from backend.core.db import fetch, fetch_value
from tests.api import code_of
from tests.conftest import move_clock
from tests.volunteers.scene import SLACK, Scene, count_presences, move_to, scan_log

# ------------------------------------------------------------------------------- works


async def test_in_and_out_are_credited_by_the_minute(scene: Scene) -> None:
    volunteer, shift = scene.people.volunteer, await scene.seated()
    await move_to(shift["starts"])
    came = await scene.scan(shift, volunteer, "in")
    assert (came["repeated"], came["minutes"], came["out_at"]) == (False, None, None)
    await move_to(shift["ends"] + SLACK)
    left = await scene.scan(shift, volunteer, "out")
    assert (left["minutes"], left["ledger"]) == (120, "volunteer")
    assert "120 分钟" in left["text_zh"]
    assert await scan_log() == [("in", True, "ok"), ("out", True, "ok")]


async def test_who_comes_late_is_clipped_to_what_she_gave(scene: Scene) -> None:
    volunteer, shift = scene.people.volunteer, await scene.seated()
    await move_to(shift["starts"] + timedelta(minutes=43))
    await scene.scan(shift, volunteer, "in")
    await move_to(shift["ends"] + SLACK)
    left = await scene.scan(shift, volunteer, "out")
    assert left["minutes"] == 75, "77 minutes, rounded down to five"


async def test_setting_up_counts_with_the_policys_grace(scene: Scene) -> None:
    volunteer, shift = scene.people.volunteer, await scene.seated()
    await move_to(shift["starts"] - timedelta(minutes=15))
    await scene.scan(shift, volunteer, "in")
    await move_to(shift["ends"] + timedelta(minutes=14))
    assert (await scene.scan(shift, volunteer, "out"))["minutes"] == 145


async def test_leaving_at_once_is_recorded_with_no_minutes(scene: Scene) -> None:
    volunteer, shift = scene.people.volunteer, await scene.seated()
    await move_to(shift["starts"])
    await scene.scan(shift, volunteer, "in")
    assert (await scene.scan(shift, volunteer, "out"))["minutes"] == 0


async def test_the_days_cap_holds_over_several_shifts(scene: Scene) -> None:
    volunteer = scene.people.volunteer
    await scene.register(volunteer)
    minutes = []
    first = await scene.open_shift(minutes=300)
    for start in (first["starts"], first["ends"] + timedelta(hours=1)):
        body = {
            "starts_at": start.isoformat(),
            "ends_at": (start + timedelta(minutes=300)).isoformat(),
            "seats": 1,
        }
        path = f"/v1/activities/{scene.activity_id}/shifts"
        shift = await scene.api.post(path, body, who=scene.people.chair)
        await scene.sign_up(shift, volunteer)
        await move_to(start)
        await scene.scan(shift, volunteer, "in")
        await move_to(start + timedelta(minutes=300) + SLACK)
        minutes.append((await scene.scan(shift, volunteer, "out"))["minutes"])
    assert minutes == [300, 180]


# ------------------------------------------------------------------------------- who may


async def test_eve_finds_no_shift_but_her_attempt_is_on_record(scene: Scene) -> None:
    shift = await scene.seated()
    await move_to(shift["starts"])
    problem = await scene.scan(shift, scene.people.eve, "in", expect=404)
    assert code_of(problem) == "not-found"
    assert await scan_log() == [("in", False, "not-found")]


async def test_who_holds_no_seat_does_not_check_in(scene: Scene) -> None:
    shift = await scene.seated()
    await move_to(shift["starts"])
    problem = await scene.scan(shift, scene.people.neighbour, "in", expect=409)
    assert code_of(problem) == "not-signed-up"


async def test_an_unknown_shift_leaves_nothing(scene: Scene) -> None:
    unknown = {"id": uuid4()}
    await scene.scan(unknown, scene.people.volunteer, "in", code="x", expect=404)
    assert await scan_log() == []


# ------------------------------------------------------------------------------- repeated


async def test_one_phone_that_repeats_its_request_gets_the_same_answer(scene: Scene) -> None:
    volunteer, shift, key = scene.people.volunteer, await scene.seated(), str(uuid4())
    await move_to(shift["starts"])
    code = await scene.code(shift, "in")
    first = await scene.scan(shift, volunteer, "in", code=code, key=key)
    await move_clock(timedelta(minutes=5))
    assert await scene.scan(shift, volunteer, "in", code=code, key=key) == first
    assert (await count_presences(), len(await scan_log())) == (1, 1)
    other = await scene.scan(shift, volunteer, "in", code="another", key=key, expect=422)
    assert code_of(other) == "idempotency-key-reused"


async def test_a_second_scan_says_when_the_first_was(scene: Scene) -> None:
    volunteer, shift = scene.people.volunteer, await scene.seated()
    await move_to(shift["starts"])
    first = await scene.scan(shift, volunteer, "in")
    await move_clock(timedelta(minutes=20))
    again = await scene.scan(shift, volunteer, "in")
    assert (again["repeated"], again["in_at"]) == (True, first["in_at"])
    assert "14:00" in again["text_zh"]
    await scene.scan(shift, volunteer, "out")
    assert (await scene.scan(shift, volunteer, "out"))["repeated"]
    assert await count_presences() == 1
    assert await fetch_value("SELECT count(*) FROM hours_entries") == 1
    assert [reason for _, _, reason in await scan_log()] == ["ok", "repeated", "ok", "repeated"]


async def test_a_refused_scan_leaves_its_key_free_and_itself_on_record(scene: Scene) -> None:
    volunteer, shift, key = scene.people.volunteer, await scene.seated(), str(uuid4())
    await move_to(shift["starts"] - timedelta(hours=1))
    code = await scene.code(shift, "in")
    await scene.scan(shift, volunteer, "in", code=code, key=key, expect=409)
    assert await fetch_value("SELECT count(*) FROM idempotency_keys WHERE key = $1", key) == 0
    await move_to(shift["starts"])
    code = await scene.code(shift, "in")
    assert not (await scene.scan(shift, volunteer, "in", code=code, key=key))["repeated"]
    assert await scan_log() == [("in", False, "shift-check-in-not-open"), ("in", True, "ok")]


async def test_it_needs_a_key(scene: Scene) -> None:
    shift = await scene.seated()
    problem = await scene.scan(shift, scene.people.volunteer, "in", key=None, expect=400)
    assert code_of(problem) == "idempotency-key-missing"


# ------------------------------------------------------------------------------- refused


async def test_the_window_opens_with_the_grace_and_closes_with_it(scene: Scene) -> None:
    volunteer, shift = scene.people.volunteer, await scene.seated()
    await move_to(shift["starts"] - timedelta(minutes=17))
    early = await scene.scan(shift, volunteer, "in", expect=409)
    assert code_of(early) == "shift-check-in-not-open"
    assert "13:45" in early["detail"]
    await move_to(shift["ends"] + timedelta(minutes=15, seconds=1))
    late = await scene.scan(shift, volunteer, "in", expect=409)
    assert code_of(late) == "shift-check-in-closed"


async def test_nobody_leaves_who_did_not_come(scene: Scene) -> None:
    volunteer, shift = scene.people.volunteer, await scene.seated()
    await move_to(shift["starts"])
    assert code_of(await scene.scan(shift, volunteer, "out", expect=409)) == "not-inside"


async def test_nobody_comes_back_after_leaving(scene: Scene) -> None:
    volunteer, shift = scene.people.volunteer, await scene.seated()
    await move_to(shift["starts"])
    await scene.scan(shift, volunteer, "in")
    await scene.scan(shift, volunteer, "out")
    assert code_of(await scene.scan(shift, volunteer, "in", expect=409)) == "already-left"


async def test_nobody_is_at_two_shifts_at_once(scene: Scene) -> None:
    volunteer, shift = scene.people.volunteer, await scene.seated()
    beside = await scene.open_shift()
    await scene.sign_up(beside, volunteer)
    await move_to(shift["starts"])
    await scene.scan(shift, volunteer, "in")
    problem = await scene.scan(beside, volunteer, "in", expect=409)
    assert code_of(problem) == "already-inside"
    assert problem["shift_id"] == shift["id"]
    assert "晚间陪伴" in problem["detail"]
    await scene.scan(shift, volunteer, "out")
    assert not (await scene.scan(beside, volunteer, "in"))["repeated"]


async def test_a_forgotten_check_out_does_not_lock_her_out_of_the_next_shift(scene: Scene) -> None:
    volunteer, shift = scene.people.volunteer, await scene.seated()
    following = await scene.open_shift(days=2)
    await scene.sign_up(following, volunteer)
    await move_to(shift["starts"])
    await scene.scan(shift, volunteer, "in")
    await scene.serve(following, volunteer)
    rows = await fetch("SELECT out_at, lapsed_at FROM shift_sessions ORDER BY in_at")
    assert (rows[0]["out_at"], rows[1]["lapsed_at"]) == (None, None)
    assert rows[0]["lapsed_at"] >= following["starts"]
    late = await scene.scan(shift, volunteer, "out", expect=409)
    assert code_of(late) == "shift-check-in-closed"
    assert await fetch_value("SELECT count(*) FROM hours_entries") == 1


async def test_nothing_is_added_to_confirmed_hours(scene: Scene) -> None:
    volunteer, shift = scene.people.volunteer, await scene.seated()
    await move_to(shift["ends"] + SLACK)
    path = f"/v1/shifts/{shift['id']}/hours-confirmation"
    await scene.api.post(path, who=scene.people.chair)
    problem = await scene.scan(shift, volunteer, "in", expect=409)
    assert code_of(problem) == "hours-already-confirmed"


# ------------------------------------------------------------------------------- leaves


async def test_the_entry_names_its_policy_and_where_it_comes_from(scene: Scene) -> None:
    volunteer, shift = scene.people.volunteer, await scene.seated()
    await scene.serve(shift, volunteer)
    (row,) = await fetch("SELECT * FROM hours_entries")
    assert (row["policy_key"], row["policy_version"]) == ("shushan-2019", "1")
    assert (row["provenance"], row["project_id"]) == ("machine", scene.project_id)
    assert (row["person_id"], row["confirmed_at"]) == (volunteer.person_id, None)
    facts = await fetch("SELECT facts FROM audit_events WHERE event = 'check_in_for_shift'")
    assert [fact["facts"] for fact in facts] == [
        {"direction": "in", "minutes": None},
        {"direction": "out", "minutes": 120},
    ]
