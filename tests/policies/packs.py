"""Pack files of the tests: Shushan's own, and made-up neighbours of it."""

from backend.settings import SEED_DIR

SHUSHAN = ("shushan-2019.toml", (SEED_DIR / "policies" / "shushan-2019.toml").read_bytes())


def small_pack(
    key: str = "testtown-2031",
    version: int = 1,
    *,
    jurisdiction: str = "340104-L01",
    valid_from: str = "2020-01-01",
    valid_to: str | None = None,
    min_days: int = 20,
) -> tuple[str, bytes]:
    """A pack of one parameter, as a file (name, TOML)."""
    last = f"valid_to = {valid_to}\n" if valid_to else ""
    text = (
        f'[identity]\nkey = "{key}"\nversion = {version}\n'
        'title = { zh = "测试参数", en = "Test parameters" }\ndocument = "测试文件"\n'
        f'jurisdiction = "{jurisdiction}"\nvalid_from = {valid_from}\n{last}'
        f'[publications.min_days]\nvalue = {min_days}\nsource = "local"\nnote = "made up"\n'
    )
    return f"{key}.toml", text.encode()
