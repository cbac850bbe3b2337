"""The command `linli`: serve, worker, migrate, seed, story, doctor, spec, clock, admin, totp."""

from backend.cli.main import main

__all__ = ["main"]
