"""The demo's fixed people: one for every role, and Eve, who has them all somewhere else.

Fictional, like their passwords; `linli seed` refuses to make them in production.
"""

from dataclasses import dataclass
from datetime import date

from backend.core.access import Role
from backend.identity.types import Sex

COMMUNITY = "340104-L01-C01"
STREET = "340104-L01"
DISTRICT = "340104"
OTHER_COMMUNITY = "340104-L02-C01"
OTHER_STREET = "340104-L02"
PASSWORD = "linli-demo-2026"  # noqa: S105  (a demo's, refused in production)


@dataclass(frozen=True, slots=True)
class DemoStaff:
    """Somebody who signs in with login, password and TOTP."""

    login: str
    name: str
    sex: Sex
    birth_on: date
    roles: tuple[tuple[Role, str], ...]

    @property
    def totp_secret(self) -> str:
        """The base32 TOTP secret of a demo account: its login, padded (default, so demo only)."""
        letters = "".join(sign for sign in self.login.upper() if "A" <= sign <= "Z")
        return (letters + "LINLIDEMO" * 4)[:32]


def _staff(login: str, name: str, sex: Sex, born: int, *roles: tuple[Role, str]) -> DemoStaff:
    return DemoStaff(login, name, sex, date(born, 6, 1), roles)


STAFF: tuple[DemoStaff, ...] = (
    _staff("shegong", "林思敏", Sex.FEMALE, 1994, (Role.SOCIAL_WORKER, COMMUNITY)),
    _staff("danggong", "赵国栋", Sex.MALE, 1978, (Role.PARTY_WORKER, COMMUNITY)),
    _staff("shequ", "孙丽华", Sex.FEMALE, 1985, (Role.COMMUNITY_WORKER, COMMUNITY)),
    _staff("wangge", "周建平", Sex.MALE, 1990, (Role.GRID_WORKER, COMMUNITY)),
    _staff("jiedao", "吴晓峰", Sex.MALE, 1982, (Role.STREET_OFFICER, STREET)),
    _staff("jigou", "何静怡", Sex.FEMALE, 1988, (Role.ORGANISATION_MANAGER, STREET)),
    _staff("jigoub", "马志远", Sex.MALE, 1980, (Role.ORGANISATION_MANAGER, STREET)),
    _staff("pingshen", "郑文博", Sex.MALE, 1970, (Role.REVIEWER, STREET)),
    _staff("pingshenb", "冯雅琴", Sex.FEMALE, 1974, (Role.REVIEWER, STREET)),
    _staff("pingshenc", "蒋开明", Sex.MALE, 1968, (Role.REVIEWER, STREET)),
    _staff("minzheng", "韩雪梅", Sex.FEMALE, 1976, (Role.PURCHASER, DISTRICT)),
    _staff("guanli", "系统管理员", Sex.UNKNOWN, 1990, (Role.ADMINISTRATOR, "340000")),
    _staff(
        "eve",
        "叶薇",
        Sex.FEMALE,
        1991,
        *(
            (role, OTHER_COMMUNITY)
            for role in (
                Role.RESIDENT,
                Role.VOLUNTEER,
                Role.REPRESENTATIVE,
                Role.COMMITTEE_CHAIR,
                Role.PARTY_WORKER,
                Role.SOCIAL_WORKER,
                Role.COMMUNITY_WORKER,
            )
        ),
        (Role.STREET_OFFICER, OTHER_STREET),
        (Role.ORGANISATION_MANAGER, OTHER_STREET),
        (Role.REVIEWER, OTHER_STREET),
    ),
)

FUND_NAME = "梧桐街道社区服务专项基金"


@dataclass(frozen=True, slots=True)
class DemoOrganisation:
    """A fictional organisation; the credit code's check character is right, the rest is not."""

    name: str
    place_code: str
    kind: str
    credit_code: str
    manager: str


ORGANISATIONS: tuple[DemoOrganisation, ...] = (
    DemoOrganisation("暮光社会工作服务中心", STREET, "agency", "52340104MJA000010T", "jigou"),
    DemoOrganisation(
        "邻里互助志愿服务队", STREET, "social_organisation", "51340104MJB0000205", "jigoub"
    ),
    DemoOrganisation("桂花社区公益服务中心", OTHER_STREET, "agency", "52340104MJC0000309", "eve"),
)

CHAIR_LOGIN = "zhuren"
COMMITTEE_SIZE = 7
REPRESENTATIVES = 30
