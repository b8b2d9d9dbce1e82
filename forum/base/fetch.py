"""Outgoing HTTP for what the server itself must ask of others: providers, hooks, calendars.

A name is looked up once, its addresses are judged, and the line goes to the very one that passed:
no name can point inwards between the look and the call. Cookies and proxies of the environment do
not exist here.
"""

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from contextlib import closing
from functools import cache
from http.client import HTTPConnection, HTTPException
from typing import NamedTuple
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from forum.base.settings import settings

PORTS = {"http": 80, "https": 443}
REDIRECTS = 3
MOVED = (301, 302, 303, 307, 308)
# What other networks wrap around an IPv4 address: the one inside is judged.
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
OWN_NAT64 = ipaddress.IPv6Network("64:ff9b:1::/48")  # newer Pythons know it as private
AGENT = "Folkmoot"
# Not for the ears of whoever a redirect leads to.
PRIVATE_HEADERS = ("authorization", "cookie")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class FetchError(OSError):
    """No whole answer came (line, time, size); trying later may help."""


class AnswerError(FetchError):
    """It was asked, and no whole answer came: nobody knows whether it was heard."""


class DeniedError(FetchError):
    """This address is not one to ask; trying later does not help."""


class Fetched(NamedTuple):
    """An answer; the names of its headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def fetch(
    url: str,
    *,
    method: str = "GET",
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
    most: int = 1_000_000,
    timeout: float = 10,
    private: bool = False,
) -> Fetched:
    """Ask an address; raises DeniedError where it may not be asked, FetchError where it fails.

    `most` bounds the body's bytes, `timeout` the whole of it in seconds. Addresses of the own
    network are refused unless `private`. A GET follows a few redirects, each judged anew; what
    else is answered by a redirect comes back as it is, for its body was meant for one reader.
    """
    until = time.monotonic() + timeout
    given = {name.lower(): value for name, value in (headers or {}).items()}
    inward = private or settings().allow_private_addresses
    for _step in range(REDIRECTS + 1):
        parts = _parts(url)
        answer = _ask(parts, method, body, given, most=most, until=until, inward=inward)
        target = answer.headers.get("location")
        if method != "GET" or answer.status not in MOVED or not target:
            return answer
        url = urljoin(url, target)
        moved = _parts(url)
        if parts.scheme == "https" and moved.scheme != "https":
            raise DeniedError("a redirect leads out of HTTPS")
        if _origin(moved) != _origin(parts):
            given = {name: value for name, value in given.items() if name not in PRIVATE_HEADERS}
    raise FetchError("too many redirects")


def _origin(parts: SplitResult) -> tuple[str, str | None, int]:
    return parts.scheme, parts.hostname, parts.port or PORTS[parts.scheme]


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        known = parts.scheme in PORTS and parts.hostname and parts.port != 0
    except ValueError as error:
        raise DeniedError("this is no web address") from error
    if not known or parts.username is not None:
        raise DeniedError("this is no web address")
    return parts


def outward(address: Address) -> bool:
    """Whether an address lies out in the open: none of the own network, machine or provider's."""
    if isinstance(address, ipaddress.IPv6Address):
        wrapped = address.ipv4_mapped or address.sixtofour
        if address in NAT64:
            wrapped = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if wrapped is not None:
            return outward(wrapped)
        if address.is_site_local or address.teredo is not None or address in OWN_NAT64:
            return False
    return address.is_global and not address.is_multicast


def addresses(host: str, port: int, *, inward: bool) -> list[str]:
    """The addresses of a name that may be asked; raises DeniedError when there is none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError("the name is not known") from error
    known = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    open_ones = [text for text in known if inward or outward(ipaddress.ip_address(text))]
    if not open_ones:
        raise DeniedError("this address is in a private network")
    return open_ones


def _ask(
    parts: SplitResult,
    method: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    most: int,
    until: float,
    inward: bool,
) -> Fetched:
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    with closing(_connect(addresses(host, port, inward=inward), port, until)) as plain:
        # Even a server that sends a byte a second is cut off in time.
        line, asked = plain, False
        held = plain.dup()
        watch = threading.Timer(_left(until), _cut, (held,))
        watch.start()
        try:
            if parts.scheme == "https":
                line = _trust().wrap_socket(plain, server_hostname=host)
            with closing(line), closing(HTTPConnection(host, port)) as connection:
                connection.sock, asked = line, True
                target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
                if parts.query:
                    target += "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
                connection.request(method, target, body or None, _headers(parts, headers))
                with connection.getresponse() as answer:
                    data = answer.read(most + 1)
                    named = {name.lower(): value for name, value in answer.getheaders()}
                    status = answer.status
            if time.monotonic() >= until:  # what the watch cut off may look whole
                raise AnswerError("it took too long")
        except FetchError:
            raise
        except (HTTPException, ValueError, ssl.SSLError, OSError) as error:
            why = "it took too long" if time.monotonic() >= until else "the answer was broken off"
            raise (AnswerError if asked else FetchError)(why) from error
        finally:
            watch.cancel()
            held.close()
    if len(data) > most:
        raise AnswerError("the answer is too large")
    declared = named.get("content-length", "")
    if method != "HEAD" and declared.isdigit() and len(data) < int(declared):
        raise AnswerError("the answer was broken off")
    return Fetched(status, named, data)


def _headers(parts: SplitResult, given: Mapping[str, str]) -> dict[str, str]:
    name = parts.netloc.rpartition("@")[2]
    named = name if name.isascii() else name.encode("idna").decode()
    own = {"host": named, "user-agent": AGENT, "accept-encoding": "identity", "connection": "close"}
    return {**given, **own}


@cache
def _trust() -> ssl.SSLContext:
    """The machine's own certificates, read once."""
    return ssl.create_default_context()


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise FetchError("it took too long")
    return left


def _connect(known: list[str], port: int, until: float) -> socket.socket:
    last: OSError | None = None
    for address in known[:4]:
        try:
            return socket.create_connection((address, port), _left(until))
        except FetchError:
            raise
        except OSError as error:
            last = error
    raise FetchError("nobody answers there") from last


def _cut(line: socket.socket) -> None:
    try:
        line.shutdown(socket.SHUT_RDWR)
    except OSError:  # it is closed already
        return
