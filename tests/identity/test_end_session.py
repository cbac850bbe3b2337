"""Signing out."""

from backend.core.db import fetch_one
from tests.api import Api, code_of
from tests.identity.phones import sign_in
from tests.people import People

PATH = "/v1/sessions/current"


async def test_this_device_is_signed_out_at_once(api: Api, people: People) -> None:
    session = await sign_in(api, people.resident)
    other = await sign_in(api, people.resident)
    bearer = {"Authorization": f"Bearer {session['access_token']}"}
    answer = await api.ask("DELETE", PATH, headers=bearer)
    assert (answer.status_code, answer.content) == (204, b"")
    assert code_of(await api.get("/v1/me", headers=bearer, expect=401)) == "not-signed-in"
    body = {"refresh_token": session["refresh_token"]}
    await api.post("/v1/sessions/refresh", body, expect=401)
    await api.get("/v1/me", headers={"Authorization": f"Bearer {other['access_token']}"})


async def test_twice_is_a_clear_no(api: Api, people: People) -> None:
    await api.delete(PATH, who=people.resident)
    await api.delete(PATH, who=people.resident, expect=401)


async def test_nobody_and_strangers_end_nothing(api: Api, people: People) -> None:
    assert (await api.ask("DELETE", PATH)).status_code == 401
    await api.delete(PATH, who=people.eve)
    await api.get("/v1/me", who=people.resident)


async def test_it_is_recorded_with_who_did_it(api: Api, people: People) -> None:
    await api.delete(PATH, who=people.resident)
    row = await fetch_one("SELECT * FROM audit_events WHERE event = 'end_session'")
    assert row["account_id"] == people.resident.account_id
    assert row["subject_id"] == str(people.resident.session_id)
    assert row["facts"] == {"because": "signed out"}
