"""The database and the code agree: migrations are current, constraints have their refusals."""

from litestar import Litestar
from piccolo.apps.migrations.commands.new import AutoMigrationManager

from backend.app.contract.problems import list_refusals
from backend.core.db import fetch
from backend.piccolo_app import APP_CONFIG
from tests.house.sources import require_none

UNIQUE = """
SELECT c.relname AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE i.indisunique AND NOT i.indisprimary AND c.relnamespace = 'public'::regnamespace
UNION SELECT conname FROM pg_constraint
WHERE connamespace = 'public'::regnamespace AND contype IN ('u', 'x')
UNION SELECT conname FROM pg_constraint
WHERE connamespace = 'public'::regnamespace AND contype = 'c' AND cardinality(conkey) > 1
"""
EVERY = """
SELECT conname AS name FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'i'
"""

NO_REFUSAL_NEEDED = {
    "accounts_login_once": "the administrator's command checks it; no request creates staff",
    "accounts_person_once": "an account is made with its person, in one transaction",
    "agenda_items_once": "numbers are given under the meeting's lock",
    "awards_application_once": "an application has one call, and awards_call_once speaks first",
    "ballots_once": "cast with ON CONFLICT DO UPDATE: the last choice counts",
    "budget_lines_once": "numbers are given while the application is written whole",
    "evidence_once": "recorded with ON CONFLICT DO NOTHING: the same evidence once",
    "fund_entries_number_once": "numbers are given under the fund's lock",
    "fund_entries_sign": "the sign follows from the kind in the action",
    "hours_entries_duty": "the ledger follows from the capacity in the rule",
    "hours_entries_once": "written under the shift's lock",
    "households_once": "numbers come from the register's import",
    "idempotency_keys_once": "claimed with ON CONFLICT DO NOTHING: the second replays",
    "meeting_motions_once": "a motion is made with its link, in one transaction",
    "need_steps_once": "recorded with ON CONFLICT DO NOTHING: the same step once",
    "need_voices_once": "recorded with ON CONFLICT DO NOTHING: the same voice once",
    "notices_once": "told with ON CONFLICT DO NOTHING: the same notice once",
    "organisations_credit_code": "organisations are registered by the seed",
    "organisation_staff_period": "the end is never before the day of the request",
    "outbox_messages_once": "enqueued with ON CONFLICT DO NOTHING: the same message once",
    "panel_members_once": "assigned under the call's lock, to distinct reviewers",
    "people_id_number_once": "people come from the register's import",
    "policy_packs_once": "packs are loaded by the seed, which compares hashes",
    "presences_once": "marked with ON CONFLICT DO NOTHING: the first presence stands",
    "project_ledger_once": "recorded with ON CONFLICT DO NOTHING: the same entry once",
    "projects_period": "the application's period has been checked",
    "publications_period": "the rule on days stands before it",
    "residencies_current_once": "residencies come from the register's import",
    "roll_entries_once": "a roll is frozen whole from distinct members",
    "sessions_previous_once": "a hash of 256 random bits",
    "sessions_refresh_once": "a hash of 256 random bits",
    "shift_seats_once": "seats are made with their shift, in one transaction",
    "shift_sessions_lapsed": "a lapse is written only where nobody has left",
    "shift_sessions_order": "the exit is clipped to the entry in the rule",
    "shifts_period": "one request's own times, checked by the rule before",
    "sign_ups_seat": "seat and cancellation are written in one statement",
    "surveys_period": "one request's own times, checked by the rule before",
    "units_once": "units come from the register's import",
    "volunteer_profiles_number_once": "numbers come from a sequence",
    "voting_rules_once": "rules are loaded by the seed, which compares hashes",
}
"""Constraints that no two requests can race into, and why."""


async def test_migrations_are_current(app: Litestar) -> None:
    """Piccolo finds no difference between the tables and what the migrations made of them."""
    alterations = await AutoMigrationManager().get_alter_statements(app_config=APP_CONFIG)
    require_none(line for one in alterations for line in one.statements)


async def test_refusals_name_constraints_that_exist(app: Litestar) -> None:
    existing = {row["name"] for row in await fetch(EVERY)}
    require_none(
        f"{one.code}: {one.constraint}"
        for one in list_refusals()
        if one.constraint and one.constraint not in existing
    )


async def test_every_race_has_its_refusal(app: Litestar) -> None:
    """A constraint that two requests can reach at once is translated; the others say why not."""
    translated = {one.constraint for one in list_refusals() if one.constraint}
    guarded = {row["name"] for row in await fetch(UNIQUE)}
    guarded -= {"migration_name_unique"}
    require_none(guarded - translated - set(NO_REFUSAL_NEEDED))
    assert sorted(set(NO_REFUSAL_NEEDED) - guarded) == [], "no longer in the database"
    assert sorted(set(NO_REFUSAL_NEEDED) & translated) == [], "translated by now"
