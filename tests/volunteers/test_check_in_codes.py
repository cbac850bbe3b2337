"""What the screen's code opens, and what it does not: other codes, other clocks."""

from datetime import timedelta

from backend.core.db import fetch
from backend.core.tokens import rotating_code
from tests.api import code_of
from tests.conftest import move_clock
from tests.volunteers.scene import Scene, count_presences, move_to, now, scan_log


async def test_what_is_not_this_code_is_refused(scene: Scene) -> None:
    volunteer, shift = scene.people.volunteer, await scene.seated()
    other = await scene.open_shift(days=2)
    await move_to(shift["starts"])
    wrong = [
        await scene.code(shift, "out"),
        await scene.code(other, "in"),
        str(shift["id"]),
        str(volunteer.person_id),
        rotating_code(f"shift|{shift['id']}|in", await now(), steps_back=2),
        rotating_code(f"shift|{shift['id']}|in", await now(), steps_back=-2),
        " ",
        "二维码",
        "a+b/c==\x01\x7f",
        "' OR 1=1 --",
    ]
    for code in wrong:
        problem = await scene.scan(shift, volunteer, "in", code=code, expect=422)
        assert code_of(problem) == "shift-code-refused", code
    assert await count_presences() == 0
    assert await scan_log() == [("in", False, "shift-code-refused")] * len(wrong)


async def test_the_phones_clock_opens_no_window(scene: Scene) -> None:
    volunteer, shift = scene.people.volunteer, await scene.seated()
    await move_to(shift["starts"])
    seen_at, code = (await now()).isoformat(), await scene.code(shift, "in")
    await move_clock(timedelta(seconds=30))
    problem = await scene.scan(shift, volunteer, "in", code=code, scanned_at=seen_at, expect=422)
    assert code_of(problem) == "shift-code-refused"


async def test_the_phones_clock_is_kept_beside_ours(scene: Scene) -> None:
    volunteer, shift = scene.people.volunteer, await scene.seated()
    await move_to(shift["starts"])
    wrong = (shift["starts"] - timedelta(minutes=10)).isoformat()
    came = await scene.scan(shift, volunteer, "in", scanned_at=wrong)
    assert came["in_at"] >= shift["starts"].isoformat()[:19]
    for absurd in ("0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"):
        await scene.scan(shift, volunteer, "in", scanned_at=absurd)
    rows = await fetch("SELECT client_at, reason FROM scans ORDER BY id")
    assert rows[0]["client_at"] == shift["starts"] - timedelta(minutes=10)
    assert [row["reason"] for row in rows] == ["clock-skew", "repeated", "repeated"]
    assert [row["client_at"] for row in rows[1:]] == [None, None]
