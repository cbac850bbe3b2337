"""Loading pack files: each version once and for ever."""

import asyncpg
import pytest

from backend.core.db import atomic, fetch, fetch_one, fetch_value
from backend.policies.actions import load_packs
from backend.policies.rules import pack_sha256
from backend.policies.types import PackError
from tests.policies.packs import SHUSHAN, small_pack

_COUNT = "SELECT count(*) FROM policy_packs WHERE key_name LIKE 'testtown%'"


@pytest.mark.usefixtures("db")
async def test_a_pack_is_stored_with_the_fingerprint_of_its_file() -> None:
    pack = small_pack()
    assert await load_packs([pack]) == 1
    row = await fetch_one("SELECT * FROM policy_packs WHERE key_name = 'testtown-2031'")
    assert (row["version"], row["title"], row["place_code"]) == ("1", "测试参数", "340104-L01")
    assert row["sha256"] == pack_sha256(pack[1])


@pytest.mark.usefixtures("db")
async def test_loading_the_same_files_again_changes_nothing() -> None:
    await load_packs([SHUSHAN])
    assert await load_packs([SHUSHAN, small_pack()]) == 1
    assert await load_packs([SHUSHAN, small_pack()]) == 0
    assert await fetch_value(_COUNT) == 1


@pytest.mark.usefixtures("db")
async def test_a_new_version_stands_beside_the_old_one() -> None:
    assert await load_packs([small_pack(), small_pack(version=2, min_days=30)]) == 2
    assert await fetch_value(_COUNT) == 2


@pytest.mark.usefixtures("db")
async def test_a_loaded_version_never_gets_another_content() -> None:
    await load_packs([small_pack(min_days=20)])
    with pytest.raises(PackError, match=r"testtown-2031\.toml: identity\.version: .*new version"):
        await load_packs([small_pack(min_days=21)])
    stored = await fetch_value("SELECT sha256 FROM policy_packs WHERE key_name = 'testtown-2031'")
    assert stored == pack_sha256(small_pack(min_days=20)[1])


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    ("file", "said"),
    [
        (("broken.toml", b"[identity"), r"broken\.toml: "),
        (("latin.toml", b"\xff"), r"latin\.toml: "),
        (("empty.toml", b""), r"empty\.toml: identity"),
        (small_pack(min_days=0), r"testtown-2031\.toml: publications\.min_days\.value"),
        (small_pack(jurisdiction="999999"), r"identity\.jurisdiction: no such place"),
    ],
)
async def test_one_unfit_file_is_named_and_nothing_is_kept(
    file: tuple[str, bytes], said: str
) -> None:
    with pytest.raises(PackError, match=said):
        await load_packs([small_pack("testtownb-2031"), file])
    assert await fetch_value(_COUNT) == 0


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    "statement", ["UPDATE policy_packs SET title = '改'", "DELETE FROM policy_packs"]
)
async def test_the_database_itself_keeps_what_was_loaded(statement: str) -> None:
    await load_packs([small_pack()])
    with pytest.raises(asyncpg.RestrictViolationError):
        async with atomic():
            await fetch(statement)


@pytest.mark.usefixtures("db")
async def test_it_leaves_one_audit_row_for_each_new_version() -> None:
    await load_packs([small_pack()])
    await load_packs([small_pack()])
    rows = await fetch(
        "SELECT facts FROM audit_events WHERE event = 'load_packs'"
        " AND subject_id = 'testtown-2031/1'"
    )
    assert [row["facts"] for row in rows] == [{"sha256": pack_sha256(small_pack()[1])}]
