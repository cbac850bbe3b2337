"""`rules.md`: each rule of the documents, and the tests that prove it.

Read from the markers in the tests' source, so that nothing has to run.
"""

import ast
import csv
from collections.abc import Iterator
from pathlib import Path

from backend.app.contract.markdown import WRITTEN_BY, table
from backend.settings import PROJECT_DIR, SEED_DIR

_POLICIES = SEED_DIR / "policies"
_MARKER = "pytest.mark.rule"
_DOCUMENTS = {
    "KS": "昆山市社区服务社会化 Kunshan",
    "FZ": "福州市三社联动试点 Fuzhou",
    "NJ": "南京市政社互动转接联动 Nanjing",
    "SS": "合肥市蜀山区五社联动 Shushan",
    "XM": "厦门市政府购买社会工作服务 Xiamen",
}


def list_proofs(folder: Path | None = None) -> dict[str, list[str]]:
    """The tests of each rule id: `tests/polls/test_rules_tally.py::test_majority`."""
    tests = folder or PROJECT_DIR / "tests"
    proofs: dict[str, set[str]] = {}
    for path in sorted(tests.rglob("test_*.py")):
        name = path.relative_to(tests.parent).as_posix()
        for test, rule in _marked(ast.parse(path.read_text(encoding="utf-8"))):
            proofs.setdefault(rule, set()).add(f"{name}::{test}" if test else name)
    return {rule: sorted(found) for rule, found in proofs.items()}


def list_rules() -> list[dict[str, str]]:
    """The rows of `rules.tsv`: id, rooms, rule, phrase in the document."""
    return _rows(_POLICIES / "rules.tsv")


def write_rules() -> str:
    """A table of rules for each document."""
    proofs = list_proofs()
    reasons = {row["id"]: row["reason"] for row in _rows(_POLICIES / "not-software.tsv")}
    rules = list_rules()
    families = dict.fromkeys(row["id"].partition("-")[0] for row in rules)
    tables = "\n".join(
        f"## {_DOCUMENTS.get(family, family)}\n\n"
        + table(
            ["id", "rule", "document", "proved by"],
            (_line(row, proofs, reasons) for row in rules if row["id"].startswith(f"{family}-")),
        )
        for family in families
    )
    return (
        f"# Rules 规则依据\n\n{WRITTEN_BY}"
        f"{len(rules)} rules: {len(proofs)} proved by tests, {len(reasons)} no matter of software."
        f"\n\n{tables}"
    )


def _line(row: dict[str, str], proofs: dict[str, list[str]], reasons: dict[str, str]) -> list[str]:
    rule, found = row["id"], proofs.get(row["id"], [])
    proof = "<br>".join(f"`{test}`" for test in found)
    return [
        rule,
        row["rule"],
        row["phrase in the document"],
        proof or (f"no software: {reasons[rule]}" if rule in reasons else "not yet"),
    ]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _marked(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Test name (empty for a whole module) and rule id of every marker."""
    for statement in tree.body:
        name = getattr(statement, "name", "")
        if isinstance(statement, ast.ClassDef):
            for member in statement.body:
                inner = getattr(member, "name", "")
                for rule in _ids(member):
                    yield f"{name}::{inner}".removesuffix("::"), rule
        else:
            for rule in _ids(statement):
                yield name, rule


def _ids(node: ast.AST) -> Iterator[str]:
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and ast.unparse(call.func) == _MARKER:
            for argument in call.args:
                if isinstance(argument, ast.Constant):
                    yield str(argument.value)
