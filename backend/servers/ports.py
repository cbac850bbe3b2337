"""Ports: choosing a free one, and saying clearly when one is taken."""

import errno
import socket

from backend.servers.errors import PortTaken, ServersError

LOOPBACK = "127.0.0.1"


def free_port(host: str = LOOPBACK) -> int:
    """A port that was free a moment ago; the caller must bear that it is taken by now."""
    with socket.socket() as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def is_port_free(port: int, host: str = LOOPBACK) -> bool:
    """Whether a server could listen there now."""
    return _refusal(host, port) is None


def require_port_free(host: str, port: int, *, setting: str | None = "LINLI_PORT") -> None:
    """Refuse with a sentence that names a way out when nothing can listen on host and port.

    Raises `PortTaken` when another program is there, `ServersError` for other reasons.
    """
    refusal = _refusal(host, port)
    if refusal is None:
        return
    if refusal.errno == errno.EADDRINUSE:
        hint = f"; choose another with {setting}={_next_free(host, port)}" if setting else ""
        raise PortTaken(f"Port {port} is taken by another program{hint}")
    if refusal.errno == errno.EACCES:
        hint = f"; choose one above 1023 with {setting}=8000" if setting else ""
        raise ServersError(f"Port {port} needs root{hint}")
    raise ServersError(f"Cannot listen on {host} port {port}: {refusal.strerror or refusal}")


def _refusal(host: str, port: int) -> OSError | None:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        for family, kind, protocol, _, address in found:
            with socket.socket(family, kind, protocol) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(address)
    except OSError as error:  # socket.gaierror is one too
        return error
    return None


def _next_free(host: str, port: int) -> int:
    for candidate in range(port + 1, min(port + 50, 65536)):
        if is_port_free(candidate, host):
            return candidate
    return free_port(host)
