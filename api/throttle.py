"""How often a password may be guessed: a few times from one place, more from all places together, never for ever.

Only failures count, and only for minutes, so that nobody is locked out for good: whoever guesses at someone's password
from elsewhere fills the small count of their own address, and the person's own address stays free until the far larger
count of the login is full. Every login is counted alike, whether it exists or not, so that nothing is told of it. The
address is that of the connection; what a request says of proxies is believed only where the server was told to.
Counts live in memory: the desk is one process.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from ipaddress import IPv6Address, ip_address

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

PAIR = "5/5 minutes"
LOGIN = "60/30 minutes"
ADDRESS = "60/10 minutes"


class Throttle:
    """Counts failed attempts to log in."""

    def __init__(self, pair: str = PAIR, login: str = LOGIN, address: str = ADDRESS) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._items: tuple[RateLimitItem, ...] = (parse(pair), parse(login), parse(address))

    def begin(self, login: str, address: str) -> int:
        """Begin an attempt: return 0 when it may be made, else the seconds until the next one may.

        The attempt counts for its login and address at once, so that many sent together do not slip through; coming in
        forgets it again.
        """
        pair, *wider = self._counts(login, address)
        full = [(item, keys) for item, keys in wider if not self._limiter.test(item, *keys)]
        if not full and self._limiter.hit(pair[0], *pair[1]):
            return 0
        ends = (self._limiter.get_window_stats(item, *keys).reset_time for item, keys in full or [pair])
        return max(1, math.ceil(max(ends) - time.time()))

    def failed(self, login: str, address: str) -> None:
        """Count an attempt that failed for its login and for its address as a whole."""
        _, *wider = self._counts(login, address)
        for item, keys in wider:
            self._limiter.hit(item, *keys)

    def passed(self, login: str, address: str) -> None:
        """Forget the failures of a login at an address, since its person came in from there."""
        item, keys = next(self._counts(login, address))
        self._limiter.clear(item, *keys)

    def _counts(self, login: str, address: str) -> Iterator[tuple[RateLimitItem, tuple[str, ...]]]:
        login, place = login.strip().lower()[:60], _place(address)
        pair, by_login, by_address = self._items
        yield pair, ("pair", login, place)
        yield by_login, ("login", login)
        yield by_address, ("address", place)


def _place(address: str) -> str:
    """Return an address as it is counted: of IPv6 the network, since one host there has addresses without end."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return found.exploded[:19] if isinstance(found, IPv6Address) and not found.ipv4_mapped else str(found)
