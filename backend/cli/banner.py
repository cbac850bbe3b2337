"""What a person sees when Linli is up: where it is, who may sign in, and how."""

from backend.core.access import ROLE_NAMES
from backend.seeding.generate import demo_phone
from backend.seeding.people import CHAIR_LOGIN, COMMUNITY, PASSWORD, STAFF
from backend.settings import Environment, Settings


def banner(address: str, settings: Settings, took_s: float) -> str:
    """The text for the terminal; the demo's people only in a demo."""
    lines = [
        "",
        f"Linli is up after {took_s:.1f} s",
        f"  address      {address}",
        f"  schema page  {address}/schema",
        f"  state        {settings.state_dir}",
    ]
    if settings.log_file is not None:
        lines.append(f"  log          {settings.log_file}")
    if settings.env is Environment.DEMO:
        lines += _people(address)
    return "\n".join([*lines, "", "Ctrl-C stops everything."])


def _people(address: str) -> list[str]:
    staff = [
        f"    {person.login:<10} {person.name}  {ROLE_NAMES[person.roles[0][0]][0]}"
        f" ({person.roles[0][1]})"
        for person in STAFF
        if person.login != "eve"
    ]
    return [
        "",
        f"  residents of {COMMUNITY} sign in by phone, from {demo_phone(0)} on; outside",
        "  production the code comes back as demo_code:",
        f"    curl -s -X POST {address}/v1/sign-in-codes -H 'Content-Type: application/json' \\",
        f'      -d \'{{"phone": "{demo_phone(0)}"}}\'',
        f"  staff sign in with the password {PASSWORD} and `linli totp LOGIN`:",
        f"    {CHAIR_LOGIN:<10} 居委会主任 ({COMMUNITY})",
        *staff,
        "    eve        叶薇  has every role, in another community",
    ]
