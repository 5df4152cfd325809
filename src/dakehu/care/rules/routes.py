"""
In which order the visits of a day are made, and why (G6).

Agreed times are kept. A visit without one is made right after an agreed one in the same district,
if it fits before the next; what is left comes at the end, district after district, beginning with
the one in which the day has ended so far, and within a district by street.
"""

from collections.abc import Sequence
from datetime import time

from dakehu.care.values import Leg, Stop

AGREED, NEARBY, ONWARD, ALONG = "AGREED", "NEARBY", "ONWARD", "ALONG"
MINUTES_OF_HOUR = 60


def route_of(stops: Sequence[Stop]) -> list[Leg]:
    """Return the proposed route of a day: every stop once, each with its reason."""
    agreed = sorted(
        (stop for stop in stops if stop.at), key=lambda stop: (begin_of(stop), stop.pk)
    )
    free = sorted((stop for stop in stops if not stop.at), key=place_of)
    legs: list[Leg] = []
    busy_until = 0
    for place, stop in enumerate(agreed):
        clashes = begin_of(stop) < busy_until
        legs.append(Leg(stop, AGREED, clashes))
        busy_until = max(busy_until, begin_of(stop) + stop.minutes)
        until = begin_of(agreed[place + 1]) if place + 1 < len(agreed) else None
        for near in [each for each in free if each.district == stop.district]:
            if until is not None and busy_until + near.minutes > until:
                continue
            legs.append(Leg(near, NEARBY))
            free.remove(near)
            busy_until += near.minutes
    return legs + rest_of(free, last=legs[-1].stop.district if legs else None)


def rest_of(free: Sequence[Stop], *, last: str | None) -> list[Leg]:
    """Return the stops that found no room between agreed ones, district after district."""
    legs: list[Leg] = []
    for stop in sorted(free, key=lambda each: (each.district != last, *place_of(each))):
        before = legs[-1].stop.district if legs else last
        along = ALONG if legs else NEARBY
        legs.append(Leg(stop, along if stop.district == before else ONWARD))
    return legs


def place_of(stop: Stop) -> tuple[str, str, int]:
    """Return by what stops without a time are put in order."""
    return stop.district, stop.street, stop.pk


def begin_of(stop: Stop) -> int:
    """Return the minute of the day at which an agreed stop begins."""
    at = stop.at or time()
    return at.hour * MINUTES_OF_HOUR + at.minute
