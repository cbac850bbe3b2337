"""Settings: every `LINLI_…` variable, read once, checked once.

Production refuses whatever is only fit for a demo: see `Settings.require_fit`.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

PROJECT_DIR = Path(__file__).resolve().parent.parent
_PACKED_SEED = Path(__file__).resolve().parent / "_seed"
SEED_DIR = _PACKED_SEED if _PACKED_SEED.is_dir() else PROJECT_DIR / "seed"


class Environment(StrEnum):
    """Where this process runs: a demo on a laptop, a test run, or real people."""

    DEMO = "demo"
    TEST = "test"
    PRODUCTION = "production"


class SettingsError(Exception):
    """A setting is missing or unfit; the message says which one and how to mend it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one process; durations in seconds unless the name says otherwise."""

    env: Environment
    host: str
    port: int
    workers: int
    state_dir: Path
    database_url: str | None
    redis_url: str | None
    secrets_file: Path
    public_url: str
    log_file: Path | None
    trusted_proxies: str | None
    pool_size: int
    sign_in_codes_per_address_per_hour: int
    sign_in_codes_per_hour: int

    @property
    def is_production(self) -> bool:
        """Whether real people are served."""
        return self.env is Environment.PRODUCTION

    @property
    def has_demo_clock(self) -> bool:
        """Whether time may be moved forward (never where real people are)."""
        return not self.is_production

    def require_fit(self) -> None:
        """Refuse to serve real people with what is only fit for a demo."""
        if not self.is_production:
            return
        if not self.database_url:
            raise SettingsError(
                "production needs LINLI_DATABASE_URL (the embedded server is a demo)"
            )
        if not self.redis_url:
            raise SettingsError("production needs LINLI_REDIS_URL (the embedded server is a demo)")
        if not self.secrets_file.is_file():
            raise SettingsError(
                "production needs its own secrets in LINLI_SECRETS_FILE "
                f"(looked at {self.secrets_file}); make a file with: linli secrets create FILE"
            )


def default_state_dir(environ: Mapping[str, str]) -> Path:
    """The folder for data and secrets, outside the clone: `LINLI_STATE_DIR` or the user's own."""
    if configured := environ.get("LINLI_STATE_DIR"):
        return Path(configured).expanduser().resolve()
    base = environ.get("XDG_STATE_HOME") or "~/.local/state"
    return (Path(base).expanduser() / "linli").resolve()


def _whole_number(environ: Mapping[str, str], name: str, default: int) -> int:
    raw = environ.get(name, str(default))
    if not raw.isascii() or not raw.isdigit() or not 0 < int(raw) < 1_000_000:
        raise SettingsError(f"{name} must be a whole number above 0, not {raw!r}")
    return int(raw)


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from the environment; raises `SettingsError` with one clear sentence."""
    env = os.environ if environ is None else environ
    try:
        environment = Environment(env.get("LINLI_ENV", Environment.DEMO))
    except ValueError:
        raise SettingsError("LINLI_ENV must be demo, test or production") from None
    state_dir = default_state_dir(env)
    port = _whole_number(env, "LINLI_PORT", 8000)
    if port > 65535:
        raise SettingsError(f"LINLI_PORT must be below 65536, not {port}")
    return Settings(
        env=environment,
        host=env.get("LINLI_HOST", "127.0.0.1"),
        port=port,
        workers=_whole_number(env, "LINLI_WORKERS", 1),
        state_dir=state_dir,
        database_url=env.get("LINLI_DATABASE_URL") or None,
        redis_url=env.get("LINLI_REDIS_URL") or None,
        secrets_file=Path(env.get("LINLI_SECRETS_FILE") or state_dir / "secrets.json"),
        public_url=env.get("LINLI_PUBLIC_URL") or f"http://127.0.0.1:{port}",
        log_file=Path(env["LINLI_LOG_FILE"]) if env.get("LINLI_LOG_FILE") else None,
        trusted_proxies=env.get("LINLI_TRUSTED_PROXIES") or None,
        pool_size=_whole_number(env, "LINLI_POOL_SIZE", 8),
        sign_in_codes_per_address_per_hour=_whole_number(
            env, "LINLI_SIGN_IN_CODES_PER_ADDRESS_PER_HOUR", 6000
        ),
        sign_in_codes_per_hour=_whole_number(env, "LINLI_SIGN_IN_CODES_PER_HOUR", 20000),
    )


_current: list[Settings] = []


def use_settings(settings: Settings) -> None:
    """Make these the settings of this process."""
    _current[:] = [settings]


def current() -> Settings:
    """The settings of this process, read from the environment on first use."""
    if not _current:
        use_settings(load_settings())
    return _current[0]
