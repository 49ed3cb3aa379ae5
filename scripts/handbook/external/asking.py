"""Asks the server of an address whether it is still there, as a guest would.

`HEAD` first, `GET` where a server does not want that; no body is read. Redirects are followed one by one, so that it is
known whether the whole way is permanent. A server that says when to come back is obeyed, one that says nothing is asked
again after a pause, and one whose `robots.txt` keeps programs out is left alone. Addresses of this machine and its
network are not asked, because a link in a text must not reach what only this machine can reach.

RFC 9110 (methods, statuses, Retry-After) and RFC 9309 (robots.txt).
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from handbook.external.answers import Answer, Kind

if TYPE_CHECKING:
    from collections.abc import Callable

GONE: Final = frozenset({404, 410})
BUSY: Final = frozenset({429, 503})
PERMANENT: Final = frozenset({301, 308})
REDIRECTS: Final = PERMANENT | {302, 303, 307}
NAMING: Final = frozenset({"doi.org", "dx.doi.org", "hdl.handle.net", "www.handle.net"})
"""Hosts that name things: that they know the way is the answer, and the publisher need not be asked."""
LARGEST_ROBOTS: Final = 500 * 1024
SAFE: Final = "/%:=&?~+!$,;'@()*[]"


@dataclass(frozen=True, slots=True)
class Manners:
    """How to behave. Times in seconds."""

    agent: str
    timeout: float = 15.0
    pause: float = 1.0
    """Between two requests to one host, and before asking again; doubled each time."""
    tries: int = 3
    longest_wait: float = 60.0
    redirects: int = 8
    at_home: bool = False
    """Ask this machine and its network, too."""


@dataclass(frozen=True, slots=True)
class _Reply:
    status: int
    location: str = ""
    retry_after: str = ""


@dataclass(frozen=True, slots=True)
class _Refusal:
    """Why there is no reply that says anything, for how many seconds to wait, and whether to ask again at all."""

    kind: Kind
    status: int = 0
    said: str = ""
    wait: float = 0.0
    final: bool = False


@dataclass
class Guest:
    """Asks one host after another; remembers their robots.txt. One for each thread."""

    manners: Manners
    sleep: Callable[[float], None] = time.sleep
    robots: dict[str, RobotFileParser] = field(default_factory=dict)

    def ask(self, address: str) -> Answer:
        """Ask for an address, and follow where it leads."""
        here, permanent, seen = address, True, {address}
        while True:
            reply, refusal = self._ask_one(here)
            if reply is None:
                return Answer(address, refusal.kind, refusal.status, refusal.said)
            if reply.status not in REDIRECTS or not reply.location:
                return _verdict(address, here, reply.status, permanent=permanent)
            if host_of(here) in NAMING:
                return Answer(address, Kind.FINE, reply.status)
            permanent = permanent and reply.status in PERMANENT
            here = urljoin(here, reply.location).partition("#")[0]
            if here in seen or len(seen) > self.manners.redirects:
                return Answer(address, Kind.LOOP, reply.status, f"more than {len(seen) - 1} redirects")
            seen.add(here)

    def _ask_one(self, address: str) -> tuple[_Reply | None, _Refusal]:
        """Ask for one address without following it, as often as manners allow."""
        refusal = self._why_not(address)
        if refusal is not None:
            return None, refusal
        for number in range(self.manners.tries):
            reply, refusal = self._attempt(address)
            if refusal is None or refusal.final:
                return reply, refusal or _Refusal(Kind.FINE)
            if number + 1 < self.manners.tries:
                self.sleep(max(self.manners.pause * 2**number, refusal.wait))
        return None, refusal or _Refusal(Kind.SILENT)

    def _why_not(self, address: str) -> _Refusal | None:
        """Say why an address is not asked at all."""
        if urlsplit(address).scheme not in {"http", "https"} or not host_of(address):
            return _Refusal(Kind.GONE, said="it leads to no web address")
        if not self.manners.at_home and _is_home(address):
            return _Refusal(Kind.HOME)
        if not self._let_in(address):
            return _Refusal(Kind.CLOSED, said="its robots.txt keeps programs out")
        return None

    def _attempt(self, address: str) -> tuple[_Reply | None, _Refusal | None]:
        """Ask once: a reply, or why there is none that says anything."""
        try:
            reply = self._exchange("HEAD", address)
            if reply.status >= 400 and reply.status not in BUSY:
                reply = self._exchange("GET", address)
        except (OSError, http.client.HTTPException, ValueError) as error:
            return None, self._failure(error)
        if not 500 <= reply.status < 600 and reply.status not in BUSY:
            return reply, None
        asked = _seconds(reply.retry_after) or 0.0
        if asked > self.manners.longest_wait:
            said = f"it asks to come back in {asked:.0f} seconds"
            return None, _Refusal(Kind.CLOSED, reply.status, said, final=True)
        return None, _Refusal(Kind.CLOSED if reply.status in BUSY else Kind.SILENT, reply.status, wait=asked)

    def _failure(self, error: Exception) -> _Refusal:
        match error:
            case ssl.SSLError():  # asking again does not make a connection safe
                said = str(getattr(error, "verify_message", "") or error.reason or error)
                return _Refusal(Kind.UNSAFE, said=said, final=True)
            case socket.gaierror(errno=socket.EAI_NONAME):
                return _Refusal(Kind.GONE, said="there is no such host", final=True)
            case TimeoutError():
                return _Refusal(Kind.SILENT, said=f"no answer within {self.manners.timeout:g} seconds")
            case _:
                return _Refusal(Kind.SILENT, said=str(error) or type(error).__name__)

    def _exchange(self, method: str, address: str, most: int = 0) -> _Reply:
        connection, response = self._open(method, address)
        try:
            response.read(most)
            return _Reply(
                response.status, response.getheader("Location") or "", response.getheader("Retry-After") or ""
            )
        finally:
            connection.close()

    def _open(self, method: str, address: str) -> tuple[http.client.HTTPConnection, http.client.HTTPResponse]:
        place = urlsplit(address)
        host = (place.hostname or "").encode("idna").decode("ascii")
        timeout = self.manners.timeout
        connection: http.client.HTTPConnection
        if place.scheme == "https":
            connection = http.client.HTTPSConnection(
                host, place.port, timeout=timeout, context=ssl.create_default_context()
            )
        else:
            connection = http.client.HTTPConnection(host, place.port, timeout=timeout)
        target = quote(place.path or "/", safe=SAFE) + (f"?{quote(place.query, safe=SAFE)}" if place.query else "")
        headers = {"User-Agent": self.manners.agent, "Accept": "*/*", "Accept-Encoding": "identity"}
        try:
            connection.request(method, target, headers=headers)
            return connection, connection.getresponse()
        except BaseException:
            connection.close()
            raise

    def _let_in(self, address: str) -> bool:
        """Read the host's robots.txt once; a host without one lets everybody in, as does one that does not answer."""
        place = urlsplit(address)
        start = f"{place.scheme}://{place.netloc}"
        rules = self.robots.get(start)
        if rules is None:
            rules = self.robots[start] = RobotFileParser()
            rules.parse(self._robots(f"{start}/robots.txt"))
        return rules.can_fetch(self.manners.agent, address)

    def _robots(self, address: str) -> list[str]:
        try:
            for _ in range(3):
                connection, response = self._open("GET", address)
                try:
                    location = response.getheader("Location")
                    if response.status in REDIRECTS and location:
                        address = urljoin(address, location)
                        if host_of(address) and (self.manners.at_home or not _is_home(address)):
                            continue
                        return []
                    if response.status != 200:
                        return []
                    return response.read(LARGEST_ROBOTS).decode("utf-8", errors="replace").splitlines()
                finally:
                    connection.close()
        except (OSError, http.client.HTTPException, ValueError):
            pass
        return []


def _verdict(address: str, here: str, status: int, *, permanent: bool) -> Answer:
    if status in GONE:
        return Answer(address, Kind.GONE, status, leads_to=here if here != address else "")
    if status >= 400:
        return Answer(address, Kind.CLOSED, status)
    if here != address and permanent:
        return Answer(address, Kind.MOVED, status, leads_to=here)
    return Answer(address, Kind.FINE, status)


def host_of(address: str) -> str:
    """Give the host of an address; nothing where it has none, or cannot be read."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _is_home(address: str) -> bool:
    """Tell whether a host is this machine or in its network; a host without an address is not."""
    try:
        found = socket.getaddrinfo(host_of(address), None, type=socket.SOCK_STREAM)
        return any(not ipaddress.ip_address(str(entry[4][0]).partition("%")[0]).is_global for entry in found)
    except (OSError, ValueError):
        return False


def _seconds(retry_after: str) -> float | None:
    """Read a Retry-After header: a number of seconds or a date."""
    if retry_after.strip().isdigit():
        return float(retry_after)
    try:
        return max(0.0, parsedate_to_datetime(retry_after).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return None
