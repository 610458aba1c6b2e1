"""How many turns one address may take; kept in memory only."""

from collections import OrderedDict

PER_MINUTE = 600
"""A school of many children stands behind one address."""
MOST_ADDRESSES = 50_000


class Limits:
    """A token bucket for each address."""

    def __init__(self, enabled: bool = True, per_minute: int = PER_MINUTE) -> None:
        """Take the share of an address."""
        self._enabled = enabled
        self._share = float(per_minute)
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allow(self, address: str, now: float) -> bool:
        """Take one turn from the share of `address` at `now` (monotonic seconds)."""
        if not self._enabled:
            return True
        left, at = self._buckets.pop(address, (self._share, now))
        left = min(self._share, left + (now - at) * self._share / 60)
        self._buckets[address] = (max(left - 1, 0.0), now)
        while len(self._buckets) > MOST_ADDRESSES:
            self._buckets.popitem(last=False)
        return left >= 1
