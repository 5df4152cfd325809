"""
How signals of single days become episodes (W1 to W12).

An episode is one stretch of days on which a warning holds for a customer. While the warning keeps
firing the same episode goes on; it clears on the first day without the signal on which the
customer's city delivered its usage, so that a late city never looks like a customer who calmed
down. After it has cleared the next signal starts a new episode.

Following a day twice gives the same episodes, and following the days again from any earlier day
gives what following them once in their order would have given.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

UNKNOWN = date.min
"""The last day of an episode that was set back and whose older days were not looked at yet."""


@dataclass(frozen=True)
class Evidence:
    """
    What a signal states: its two integers, and the points of each part of a score.

    ``place`` names whose numbers judged it; it is empty for those of the province.
    """

    a: int
    b: int
    parts: Mapping[str, int] = field(default_factory=dict)
    place: str = ""


@dataclass(frozen=True)
class Said:
    """What one day said of one warning on one customer.

    ``evidence`` is None where the warning did not fire. ``delivered`` tells whether the
    customer's city delivered usage for the day.
    """

    day: date
    delivered: bool
    evidence: Evidence | None = None


@dataclass(frozen=True)
class Episode:
    """One stretch of days on which a warning held.

    ``last`` is the newest day on which it fired and ``evidence`` what it stated then; ``cleared``
    is the day on which it was found gone, None while it goes on.
    """

    opened: date
    last: date
    evidence: Evidence
    cleared: date | None = None


def after(episode: Episode | None, said: Said) -> Episode | None:
    """Return the episode as it stands after one more day; None if there is none yet.

    ``episode`` is the one going on, or the newest that has cleared.
    """
    going_on = episode is not None and episode.cleared is None
    if said.evidence is not None:
        opened = episode.opened if episode is not None and going_on else said.day
        return Episode(opened=opened, last=said.day, evidence=said.evidence)
    if episode is not None and going_on and said.delivered:
        return replace(episode, cleared=said.day)
    return episode


def followed(before: Episode | None, days: Iterable[Said]) -> list[Episode]:
    """Return the episodes after ``days``, oldest first, beginning with the one ``before`` them."""
    episodes = [] if before is None else [before]
    for said in days:
        current = episodes[-1] if episodes else None
        nxt = after(current, said)
        if nxt is None or nxt is current:
            continue
        if current is not None and nxt.opened == current.opened:
            episodes[-1] = nxt
        else:
            episodes.append(nxt)
    return episodes


def before(episodes: Iterable[Episode], first: date) -> Episode | None:
    """Return the episode going on when ``first`` began, out of all that followed later.

    Where what is kept of it speaks of ``first`` or later, its last day before that is not known
    and ``last`` is :data:`UNKNOWN` until a signal or an older day's signals say it.
    """
    for episode in episodes:
        if episode.opened < first and (episode.cleared is None or episode.cleared >= first):
            last = UNKNOWN if episode.last >= first else episode.last
            return replace(episode, cleared=None, last=last)
    return None


def pairs(
    kept: Sequence[Episode], found: Sequence[Episode]
) -> list[tuple[int | None, int | None]]:
    """Match episodes that were kept with those found now, by position in the two sequences.

    The same first day matches first; of the others those that overlap in time, in their order, so
    that an alert which people have seen moves with its episode instead of being raised twice.
    A kept episode without a match comes with None on the right, a new one with None on the left.
    """
    opened = {episode.opened: place for place, episode in enumerate(found)}
    matched = {
        place: opened[episode.opened]
        for place, episode in enumerate(kept)
        if episode.opened in opened
    }
    free = [place for place in range(len(found)) if place not in matched.values()]
    for place, episode in enumerate(kept):
        if place in matched:
            continue
        overlapping = next((other for other in free if _overlap(episode, found[other])), None)
        if overlapping is not None:
            matched[place] = overlapping
            free.remove(overlapping)
    old: list[tuple[int | None, int | None]] = [
        (place, matched.get(place)) for place in range(len(kept))
    ]
    return old + [(None, place) for place in free]


def _overlap(one: Episode, other: Episode) -> bool:
    return one.opened <= (other.cleared or date.max) and other.opened <= (one.cleared or date.max)
