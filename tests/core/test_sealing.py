"""Sealed values open for their own row only, and the secrets file is made once."""

import stat
from pathlib import Path
from uuid import uuid4

import pytest

from backend.core import sealing
from backend.core.sealing import (
    SecretsError,
    blind_index,
    create_secrets,
    load_ring,
    seal,
    unseal,
    use_ring,
)
from tests.servers_of_the_run import Servers

PHONE = "19900000001"


@pytest.fixture(autouse=True)
def ring(servers: Servers) -> None:
    use_ring(load_ring(servers.secrets_file))


def test_a_sealed_value_opens_for_its_own_row() -> None:
    row = uuid4()
    sealed = seal(PHONE, "accounts", "phone", row)
    assert PHONE.encode() not in sealed
    assert unseal(sealed, "accounts", "phone", row) == PHONE
    assert unseal(seal("王小明", "people", "name", row), "people", "name", row) == "王小明"


def test_moved_to_another_row_column_or_table_it_does_not_open() -> None:
    row = uuid4()
    sealed = seal(PHONE, "accounts", "phone", row)
    for table, column, other in (
        ("accounts", "phone", uuid4()),
        ("accounts", "totp", row),
        ("people", "phone", row),
    ):
        with pytest.raises(SecretsError, match="does not open"):
            unseal(sealed, table, column, other)


def test_every_altered_or_shortened_seal_is_refused() -> None:
    row = uuid4()
    sealed = seal(PHONE, "accounts", "phone", row)
    for place in range(len(sealed)):
        altered = bytearray(sealed)
        altered[place] ^= 1
        with pytest.raises(SecretsError):
            unseal(bytes(altered), "accounts", "phone", row)
        with pytest.raises(SecretsError):
            unseal(sealed[:place], "accounts", "phone", row)


def test_two_seals_of_one_value_differ() -> None:
    row = uuid4()
    assert len({seal(PHONE, "accounts", "phone", row) for _ in range(100)}) == 100


def test_the_blind_index_is_equal_for_equal_values_of_one_kind() -> None:
    assert blind_index("phone", PHONE) == blind_index("phone", PHONE)
    assert len(blind_index("phone", PHONE)) == 32
    others = {blind_index("id", PHONE), blind_index("phone", PHONE + "0")}
    assert blind_index("phone", PHONE) not in others


def test_another_installation_has_other_keys(tmp_path: Path, servers: Servers) -> None:
    row = uuid4()
    sealed, index = seal(PHONE, "accounts", "phone", row), blind_index("phone", PHONE)
    create_secrets(tmp_path / "other.json")
    use_ring(load_ring(tmp_path / "other.json"))
    assert blind_index("phone", PHONE) != index
    with pytest.raises(SecretsError):
        unseal(sealed, "accounts", "phone", row)


def test_the_ring_does_not_show_its_keys(servers: Servers) -> None:
    ring = load_ring(servers.secrets_file)
    shown = f"{ring!r} {ring}"
    assert ring.tokens.hex() not in shown
    assert repr(ring.tokens) not in shown


def test_the_secrets_file_is_private_and_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "secrets.json"
    create_secrets(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = path.read_bytes()
    with pytest.raises(FileExistsError):
        create_secrets(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"null",
        b"{",
        b"{}",
        b'{"sealing": {"id": "k1"}}',
        b"\xff\xfe",
        b'{"sealing":{"id":"k1","key":"AAAA"},"index":"AAAA","tokens":"AAAA","codes":"AAAA"}',
    ],
)
def test_a_damaged_file_is_one_clear_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "secrets.json"
    path.write_bytes(content)
    with pytest.raises(SecretsError) as caught:
        load_ring(path)
    assert str(caught.value) == f"the secrets file {path} is damaged or incomplete"


@pytest.mark.parametrize("key_id", ['"a:b"', '""', "7", "null", '"' + "k" * 21 + '"'])
def test_an_unfit_key_id_is_damage(tmp_path: Path, key_id: str) -> None:
    path = tmp_path / "secrets.json"
    create_secrets(path)
    path.write_text(path.read_text().replace('"k1"', key_id))
    with pytest.raises(SecretsError, match="damaged"):
        load_ring(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SecretsError, match=r"cannot read the secrets file .*nowhere\.json"):
        load_ring(tmp_path / "nowhere.json")


def test_without_a_ring_nothing_is_sealed(servers: Servers) -> None:
    sealing._ring.clear()
    with pytest.raises(SecretsError, match="no key ring"):
        seal(PHONE, "accounts", "phone", uuid4())
