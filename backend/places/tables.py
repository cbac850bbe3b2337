"""Tables of places."""

from piccolo.columns import Boolean, Varchar
from piccolo.constraints import Check
from piccolo.table import Table

from backend.core.columns import refers_to, word


class Place(Table, tablename="places"):
    """A node of the administrative tree; `path` is its chain of codes, `/340000/…/`."""

    code = Varchar(length=24, primary_key=True, default=None)
    name = word(80)
    kind = word(20)
    parent_code = refers_to("Place", column="code", null=True, index=True)
    path = word(200)
    official = Boolean(default=True)
    zone = word(40)

    places_kind = Check("kind IN ('province','city','district','zone','street','community')")
