"""`access.md`: what each role may do, and which role opens each operation."""

from litestar import Litestar

from backend.app.contract.markdown import WRITTEN_BY, table
from backend.app.contract.operations import Operation, list_operations
from backend.core.access import ROLE_NAMES, ROLES, Permission

_OPEN = {Permission.PUBLIC: "everybody", Permission.SIGNED_IN: "everybody who is signed in"}


def write_access(app: Litestar) -> str:
    """Roles by permission, then the operations with what they need."""
    operations = list_operations(app)
    roles = table(
        ["role", "中文", "English"],
        ([f"`{role}`", *names] for role, names in ROLE_NAMES.items()),
    )
    matrix = table(
        ["permission", *(names[0] for names in ROLE_NAMES.values())],
        (
            [f"`{permission}`", *("●" if permission in ROLES[role] else "" for role in ROLE_NAMES)]
            for permission in Permission
            if permission not in _OPEN
        ),
    )
    doors = table(
        ["operation", "", "", "needs", "opened by"],
        (
            [f"`{one.name}`", one.method, f"`{one.path}`", f"`{one.needs}`", _opened_by(one)]
            for one in operations
        ),
    )
    return (
        f"# Access 权限\n\n{WRITTEN_BY}"
        "A role holds at a place and everything below it, until its grant ends. The permission is"
        " the first lock; which rows it reaches is the second, and named rules are the third.\n\n"
        f"## Roles 角色\n\n{roles}\n"
        f"## Permissions by role 角色与权限\n\n{matrix}\n"
        f"## Operations 接口 ({len(operations)})\n\n{doors}"
    )


def _opened_by(operation: Operation) -> str:
    if operation.needs in _OPEN:
        return _OPEN[operation.needs]
    return "、".join(ROLE_NAMES[role][0] for role in operation.roles)
