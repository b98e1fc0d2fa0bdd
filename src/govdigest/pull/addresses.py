"""Which network addresses may be connected to, checked on the address itself at the moment of connecting.

A name is resolved once, its addresses are vetted, and the connection goes to a vetted address: a name that answers
differently the second time (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import httpcore

from govdigest.model import FailureClass
from govdigest.pull.errors import PullError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], Awaitable[list[str]]]
"""Host and port to addresses as text; raises ``OSError`` (``socket.gaierror``) where there are none."""

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_LOCAL_NAMES = (".localhost", ".local", ".internal", ".home.arpa")


async def system_resolver(host: str, port: int) -> list[str]:
    """The operating system's answer, in its order."""
    loop = asyncio.get_running_loop()
    answers = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


def literal(host: str) -> Address | None:
    """The address that ``host`` is, if it is one, also in the old spellings (``127.1``, ``0x7f000001``)."""
    bare = host.strip("[]").partition("%")[0].rstrip(".")
    try:
        return ipaddress.ip_address(bare)
    except ValueError:
        pass
    try:
        return ipaddress.IPv4Address(socket.inet_aton(bare)) if bare[:1].isdigit() and bare.isascii() else None
    except OSError:
        return None


def is_public(address: Address) -> bool:
    """Reachable for everyone: not private, loopback, link-local, shared, multicast or reserved (RFC 6890).

    IPv6 addresses that carry an IPv4 one (mapped, 6to4, NAT64, Teredo) are what that one is.
    """
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and address.teredo is not None:
            inner = address.teredo[1]
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if address.is_site_local:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def refuse_local(host: str) -> None:
    """Raise ``PullError`` where the host's name alone tells that it is no public one."""
    address = literal(host)
    name = host.rstrip(".").lower()
    local = not is_public(address) if address else name == "localhost" or name.endswith(_LOCAL_NAMES)
    if local or not name:
        raise PullError(FailureClass.UNSAFE_ADDRESS, f"{host[:80]} is not a public address; it is never requested")


class VettedNetwork(httpcore.AsyncNetworkBackend):
    """Connects to public addresses, and to the gateway's own."""

    def __init__(self, resolve: Resolver, gateway: tuple[str, int] | None = None) -> None:
        self._resolve = resolve
        self._gateway = gateway
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first vetted address of ``host`` that answers."""
        failure: Exception | None = None
        for address in await self._addresses(host, port):
            try:
                return await self._network.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        assert failure is not None
        raise failure

    async def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.AsyncNetworkStream:
        """Never: nothing that we read is on a local socket."""
        raise PullError(FailureClass.UNSAFE_ADDRESS, "local sockets are never connected to")

    async def sleep(self, seconds: float) -> None:
        """What the pool waits with between its own attempts."""
        await asyncio.sleep(seconds)

    async def _addresses(self, host: str, port: int) -> list[str]:
        own = literal(host)
        try:
            found = [str(own)] if own else await self._resolve(host, port)
        except OSError as error:
            # a name that does not exist will not exist in a second either; a resolver that is down may be up
            again = getattr(error, "errno", None) == socket.EAI_AGAIN
            raise PullError(FailureClass.DNS, f"{host[:80]} has no address ({error.strerror})", again=again) from error
        except UnicodeError as error:
            raise PullError(FailureClass.DNS, f"{host[:80]} is not a host name") from error
        if not found:
            raise PullError(FailureClass.DNS, f"{host[:80]} has no address")
        vetted = [text for text in found if self._allowed(text, host, port)]
        if not vetted:
            message = f"{host[:80]} has the address {found[0][:60]}, which is not public; it is never requested"
            raise PullError(FailureClass.UNSAFE_ADDRESS, message)
        return vetted

    def _allowed(self, text: str, host: str, port: int) -> bool:
        address = literal(text)
        if address is None:
            return False
        if self._gateway == (host.lower(), port):
            # the maintainer named it; still never the addresses where clouds keep their credentials
            return not (address.is_link_local or address.is_multicast or address.is_unspecified)
        return is_public(address)
