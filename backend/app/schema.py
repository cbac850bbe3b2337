"""The contract: OpenAPI 3.1, with examples recorded from the story."""

from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import ScalarRenderPlugin
from litestar.openapi.spec import Components, Contact, SecurityScheme, Tag


def openapi_config() -> OpenAPIConfig:
    """Title, security scheme and the browsable page at `/schema`."""
    bearer = SecurityScheme(
        type="http",
        scheme="bearer",
        description="The `access_token` of `POST /v1/sessions` or `POST /v1/staff-sessions`",
    )
    return OpenAPIConfig(
        title="Linli (邻里)",
        version="0.1.0",
        description="The backend of urban communities. Errors are RFC 9457 problems everywhere.",
        contact=Contact(name="Linli maintainers"),
        path="/schema",
        render_plugins=[ScalarRenderPlugin()],
        components=Components(security_schemes={"bearer": bearer}),
        use_handler_docstrings=False,
        tags=[Tag(name="identity", description="登录、会话、角色")],
    )
