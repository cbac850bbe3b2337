"""The operations of the application, as every document of the contract needs them."""

from dataclasses import dataclass

from litestar import Litestar
from litestar.handlers import HTTPRouteHandler

from backend.core.access import ROLES, Permission, Role
from backend.core.problems import Refusal


@dataclass(frozen=True, slots=True)
class Operation:
    """One door of ours: `POST /v1/sessions`, its name, the room it stands in, its lock."""

    method: str
    path: str
    name: str
    room: str
    needs: Permission
    refuses: tuple[type[Refusal], ...]

    @property
    def roles(self) -> list[Role]:
        """The roles that open it."""
        return [role for role, permissions in ROLES.items() if self.needs in permissions]


def list_operations(app: Litestar) -> list[Operation]:
    """Every operation of ours, by path and method."""
    found = [
        Operation(
            method=method,
            path=route.path_format,
            name=handler.fn.__name__,
            room=handler.fn.__module__.split(".")[1],
            needs=handler.opt["needs"],
            refuses=handler.opt["refuses"],
        )
        for route in app.routes
        for handler in getattr(route, "route_handlers", [])
        if isinstance(handler, HTTPRouteHandler) and "needs" in handler.opt
        for method in sorted(handler.http_methods)
        if method != "OPTIONS"
    ]
    return sorted(found, key=lambda operation: (operation.path, operation.method))
