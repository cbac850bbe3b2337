"""Rooms in their order, doors in theirs, and the public doors: `lint-imports` holds."""

import subprocess
import sys

from grimp import ImportGraph

from tests.house.public_doors import PublicDoors
from tests.house.sources import ROOT


def test_import_contracts_hold() -> None:
    """The contracts of pyproject.toml, as `make check` runs them."""
    ran = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as run; run(['--no-logo'])",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_contract_of_our_own_sees_private_doors() -> None:
    graph = ImportGraph()
    for importer, imported in (
        ("backend.surveys.actions", "backend.needs.tables"),
        ("backend.surveys.actions", "backend.needs.actions"),
        ("backend.needs.actions", "backend.needs.tables"),
        ("backend.app.rooms", "backend.needs.routes"),
        ("backend.seeding.demo", "backend.polls.rules.clauses"),
    ):
        graph.add_import(importer=importer, imported=imported)
    contract = PublicDoors("public", {}, {"exceptions": ["app -> routes"]})
    assert contract.check(graph, verbose=False).metadata["found"] == [
        "backend.surveys.actions -> backend.needs.tables",
        "backend.seeding.demo -> backend.polls.rules.clauses",
    ]
