"""What crosses the wire in places."""

from backend.core.wire import View
from backend.places.types import PlaceKind


class PlaceView(View):
    """A place of the administrative tree."""

    code: str
    name: str
    kind: PlaceKind
    parent: str | None
    official: bool
    zone: str
