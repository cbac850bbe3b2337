"""An import contract of our own: what a room shows to the others.

`[tool.importlinter]` in pyproject.toml names it, so `lint-imports` checks it beside the layers.
"""

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

DOORS = ("types", "rules", "schemas", "tables", "queries", "actions", "routes", "jobs")
PUBLIC = ("types", "queries", "actions")


class PublicDoors(Contract):
    """Other rooms import a room's public doors only.

    `exceptions` are lines `importer -> door`: the app mounts every room's routes, the worker
    calls every room's jobs, and seeding sends the bodies that a client would send.
    """

    type_name = "public_doors"

    exceptions = fields.ListField(subfield=fields.StringField(), required=False, default=[])

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Find each import of a private door from outside its room."""
        found = [
            f"{importer} -> {imported}"
            for imported in sorted(graph.modules)
            if (door := _door_of(imported)) and door not in PUBLIC
            for importer in sorted(graph.find_modules_that_directly_import(imported))
            if _room_of(importer) != _room_of(imported)
            and f"{_room_of(importer)} -> {door}" not in self.exceptions  # type: ignore[operator]
        ]
        return ContractCheck(kept=not found, metadata={"found": found})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print the imports that go through a private door."""
        for line in check.metadata["found"]:
            output.print_error(line, bold=False)


def _room_of(module: str) -> str:
    return module.partition(".")[2].partition(".")[0]


def _door_of(module: str) -> str | None:
    parts = module.split(".")
    return parts[2] if len(parts) > 2 and parts[2] in DOORS and parts[1] != "core" else None
