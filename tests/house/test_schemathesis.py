"""Schemathesis over a real server: about 300 calls, no 5xx, nothing outside the contract.

Operations that need no id come first; the ids that they answer with lead the others past 404.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from litestar import Litestar
from schemathesis import APIOperation, Case, GenerationMode, checks
from schemathesis.core.failures import FailureGroup

from backend.app.contract.operations import list_operations
from backend.core.access import ROLES, Permission, Role
from backend.servers.ports import free_port
from tests.house.sources import require_none
from tests.people import COMMUNITY, People, Someone
from tests.servers_of_the_run import Servers

CALLS = 300
CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.ignored_auth,
]
"""Whether each wrong body is refused and each right one taken is for the tests of the rooms."""


@pytest.fixture
def server(servers: Servers, committed: str, tmp_path: Path) -> Iterator[str]:
    """The application in a process of its own, on a fresh copy of the database."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "LINLI_ENV": "test",
        "LINLI_DATABASE_URL": committed,
        "LINLI_REDIS_URL": servers.redis_url,
        "LINLI_SECRETS_FILE": str(servers.secrets_file),
    }
    command = [sys.executable, "-m", "uvicorn", "--factory", "backend.app.main:served_app"]
    with (tmp_path / "server.log").open("w") as log:
        process = subprocess.Popen(
            [*command, "--port", str(port), "--log-level", "warning"],
            env=environment,
            stdout=log,
            stderr=log,
        )
        try:
            _wait_for(address)
            yield address
        finally:
            process.terminate()
            process.wait(10)


def _wait_for(address: str) -> None:
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"{address}/health/ready").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError("the server did not come up")


@dataclass
class Caller:
    """Calls operations as their openers, as Eve and as nobody, and learns ids on the way."""

    address: str
    people: People
    needs: dict[str, Permission]
    calls: int = 0
    last: str = ""
    faults: list[str] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=lambda: {"code": COMMUNITY})

    def call(self, operation: APIOperation, times: int) -> None:
        """Call one operation `times` times with right data and once with wrong data."""
        opener = self._opener(operation.definition.raw["operationId"])
        stranger = self.people.eve if self.calls % 2 else None
        self._try(operation, GenerationMode.POSITIVE, [opener, stranger, *[opener] * (times - 2)])
        self._try(operation, GenerationMode.NEGATIVE, [opener])

    def _try(
        self, operation: APIOperation, mode: GenerationMode, askers: list[Someone | None]
    ) -> None:
        waiting = iter(askers)

        @settings(
            max_examples=len(askers),
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def run(case: Case) -> None:
            self._call_once(case, next(waiting, None))

        try:
            run()
        except Unsatisfiable:
            return
        except FailureGroup as fault:
            said = "\n".join(filter(str.strip, fault.message.splitlines()))
            self.faults.append(f"{operation.label} as {self.last}: {said}\n")

    def _call_once(self, case: Case, who: Someone | None) -> None:
        case.path_parameters.update(
            {name: self.ids[name] for name in case.path_parameters if name in self.ids}
        )
        self.calls, self.last = self.calls + 1, who.name if who else "nobody"
        answer = case.call_and_validate(
            base_url=self.address, headers=who.bearer if who else {}, checks=CHECKS, timeout=10
        )
        if answer.status_code in (200, 201) and "json" in answer.headers["content-type"][0]:
            self._learn(case.path, answer.json())

    def _learn(self, path: str, body: Any) -> None:
        """`POST …/surveys` answers with the id that `{survey_id}` wants; a list with several."""
        rows = body["items"] if isinstance(body, dict) and "items" in body else [body]
        noun = path.rpartition("/")[2].rpartition("-")[2]
        singular = f"{noun[:-3]}y" if noun.endswith("ies") else noun.removesuffix("s")
        for row in rows:
            if isinstance(row, dict) and "id" in row:
                self.ids.setdefault(f"{singular}_id", str(row["id"]))

    def _opener(self, operation: str) -> Someone:
        """Somebody whose role opens the operation."""
        needs, people = self.needs[operation], self.people
        holders = {
            Role.COMMITTEE_CHAIR: people.chair,
            Role.SOCIAL_WORKER: people.social_worker,
            Role.STREET_OFFICER: people.street_officer,
            Role.ORGANISATION_MANAGER: people.manager,
            Role.REVIEWER: people.reviewers[0],
            Role.ADMINISTRATOR: people.administrator,
            Role.VOLUNTEER: people.volunteer,
            Role.RESIDENT: people.resident,
        }
        fit = [person for role, person in holders.items() if needs in ROLES[role]]
        return fit[0] if fit else people.resident


def _ids_first(operation: APIOperation) -> tuple[bool, bool, int, str]:
    """Operations that need no id, then the others; deletions last."""
    return (
        operation.method == "delete",
        "_id}" in operation.path,
        operation.path.count("/"),
        operation.label,
    )


def test_nothing_leaves_the_contract(app: Litestar, server: str, committed_people: People) -> None:
    schema = schemathesis.openapi.from_url(f"{server}/schema/openapi.json")
    schema.config.generation.with_security_parameters = False
    operations = sorted((one.ok() for one in schema.get_all_operations()), key=_ids_first)
    needs = {operation.name: operation.needs for operation in list_operations(app)}
    caller = Caller(server, committed_people, needs)
    for operation in operations:
        caller.call(operation, max(2, CALLS // len(operations) - 1))
    require_none(caller.faults)
    assert caller.calls >= CALLS * 2 // 3
