"""Tables of policies: packs as they were loaded, immutable by version."""

from piccolo.columns import JSONB, Date
from piccolo.constraints import Unique
from piccolo.table import Table

from backend.core.columns import key, moment, place, word


class PolicyPack(Table, tablename="policy_packs"):
    """One version of a city's policy pack; `body` is the whole file, `sha256` its fingerprint."""

    id = key()
    key_name = word(60)
    version = word(20)
    title = word(120)
    place_code = place()
    valid_from = Date(default=None)
    valid_to = Date(default=None, null=True)
    body = JSONB(default=None)
    sha256 = word(64)
    loaded_at = moment()

    policy_packs_once = Unique([key_name, version])
