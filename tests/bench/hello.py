"""The yardstick: the same framework and server answering a constant JSON document."""

import os
import socket

import uvicorn
from litestar import Litestar, get


@get("/health/ready")
async def hello() -> dict[str, str]:
    """Say hello."""
    return {"hello": "world"}


def main() -> None:
    """Serve it with one worker, as `linli web` is served."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", int(os.environ["LINLI_PORT"])))
    app = Litestar([hello], openapi_config=None, logging_config=None)
    config = uvicorn.Config(app, loop="uvloop", log_config=None, access_log=False)
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main()
