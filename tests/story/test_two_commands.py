"""What a newcomer does: bring Linli up, play the story twice, look at the doctor, stop it."""

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.story.linli_run import LinliRun

pytestmark = pytest.mark.xdist_group("newcomer")


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LinliRun]:
    """One state folder for this module."""
    linli = LinliRun(tmp_path_factory.mktemp("newcomer") / "state")
    yield linli
    if linli.is_running:
        linli.stop()


@pytest.fixture
def run(state: LinliRun) -> LinliRun:
    """A Linli that is up, whatever the test before did to it."""
    if not state.is_running:
        state.start()
    return state


def test_the_story_is_true_twice(run: LinliRun) -> None:
    for _ in range(2):
        played = run.linli("story")
        assert played.returncode == 0, played.stdout + played.stderr
        told = played.stdout
        assert "老人晚间照护    160 of 200" in told
        assert "24 of 37 members came; at least two thirds are needed (at least 25): no" in told
        assert "25 of 37 members came; at least two thirds are needed (at least 25): yes" in told
        assert "20 of 25 members present said yes; more than half are needed" in told
        assert "evidence need             1 need" in told
        assert "evidence people_reached   29 persons" in told
        assert "The story ends well." in told


def test_the_doctor_is_green(run: LinliRun) -> None:
    seen = run.linli("doctor")
    assert seen.returncode == 0, seen.stdout + seen.stderr
    assert "PostgreSQL" in seen.stdout
    assert "0 pending" in seen.stdout


def test_a_second_start_says_what_is_running(run: LinliRun) -> None:
    assert run.child is not None
    second = run.linli("serve")
    assert second.returncode == 3
    assert run.address in second.stderr
    assert str(run.child.pid) in second.stderr


def test_the_banner_says_where_and_who(run: LinliRun) -> None:
    for words in (run.address, f"{run.address}/schema", "zhuren", "19900000000", "linli totp"):
        assert words in run.said
    document = httpx.get(f"{run.address}/schema/openapi.json").json()
    assert document["openapi"].startswith("3.1")


def test_a_one_time_password_is_printed_for_the_demo(run: LinliRun) -> None:
    shown = run.linli("totp", "shegong")
    assert shown.returncode == 0
    assert len(shown.stdout.strip()) == 6


def test_a_taken_port_is_one_sentence(run: LinliRun, tmp_path: Path) -> None:
    other = LinliRun(tmp_path / "state", port=run.port)
    refused = other.linli("serve")
    assert refused.returncode == 4
    assert f"Port {run.port} is taken" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_it_stops_whole_and_starts_again_quickly(run: LinliRun) -> None:
    """Ctrl-C stops all of it, the second start is quick and knows everybody, and kill -9 of the
    parent leaves nobody behind."""
    assert run.stop(signal.SIGINT) == 0
    assert run.processes() == []
    assert run.start() < 5
    assert "seeding" not in run.said
    assert run.child is not None
    run.child.kill()
    run.child.wait()
    until = time.monotonic() + 10
    while run.processes() and time.monotonic() < until:
        time.sleep(0.1)
    assert run.processes() == []


@pytest.mark.parametrize(
    ("setting", "value", "words"),
    [
        ("LINLI_PORT", "eighty", "LINLI_PORT must be a whole number"),
        ("LINLI_ENV", "prod", "LINLI_ENV must be demo, test or production"),
        ("LINLI_ENV", "production", "production needs LINLI_DATABASE_URL"),
    ],
)
def test_an_unfit_setting_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, setting: str, value: str, words: str
) -> None:
    linli = LinliRun(tmp_path / "state")
    env = {**linli.env, setting: value}
    monkeypatch.setattr(LinliRun, "env", property(lambda _: env))
    refused = linli.linli("serve")
    assert refused.returncode == 2
    assert words in refused.stderr
    assert "Traceback" not in refused.stderr
