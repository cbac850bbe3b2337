"""Faults that are tests already: pytest runs them with more rounds, in a process of its own."""

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Verdict:
    """Which tests of one file ran, and one sentence for each that broke."""

    ran: list[str]
    breaks: list[str]


def run_tests(paths: list[str], env: dict[str, str], *more: str) -> dict[str, Verdict]:
    """Run test files on the servers that the environment names; verdicts by path.

    A file that is absent or of which nothing ran counts as broken.
    """
    with tempfile.TemporaryDirectory(prefix="linli-faults-") as folder:
        report = Path(folder) / "report.xml"
        given = [f"--junitxml={report}", "-p", "no:cacheprovider", *more]
        ended = subprocess.run(
            [sys.executable, "-m", "pytest", *given, *paths],
            cwd=_ROOT,
            env={**os.environ, **env},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        cases = list(ET.parse(report).iter("testcase")) if report.is_file() else []  # noqa: S314
    found = {path: _verdict(path, cases) for path in paths}
    if ended.returncode and not any(verdict.breaks for verdict in found.values()):
        found[paths[0]].breaks.append(f"pytest left with {ended.returncode}")
    if any(verdict.breaks for verdict in found.values()):
        print(ended.stdout)
    return found


def _verdict(path: str, cases: list[ET.Element]) -> Verdict:
    module = path.removesuffix(".py").replace("/", ".")
    mine = [case for case in cases if case.get("classname") == module]
    ran = [str(case.get("name")) for case in mine if case.find("skipped") is None]
    breaks = [
        f"{case.get('name')}: {fault.get('message', '').splitlines()[0]}"
        for case in mine
        for fault in (*case.findall("failure"), *case.findall("error"))
    ]
    return Verdict(ran, breaks if ran else [f"{path}: no test ran"])
