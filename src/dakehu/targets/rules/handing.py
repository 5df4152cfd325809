"""In which order members are handed out, and when the next one's turn is (T23)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from dakehu.targets.values import Candidate, Place, Turnover


def turnover(before: Iterable[int], now: Iterable[int]) -> Turnover:
    """Return who joined and who dropped out between two readings."""
    old, new = frozenset(before), frozenset(now)
    return Turnover(new - old, old - new)


def queued(candidates: Iterable[Candidate], *, per_person: int) -> list[Place]:
    """
    Put the candidates of every owner in order and say who is asked for at once.

    The worthiest first, those of unknown worth last, then by number. ``per_person`` 0 asks for
    all at once.
    """
    by_owner: dict[int | None, list[Candidate]] = defaultdict(list)
    for each in candidates:
        by_owner[each.owner_id].append(each)
    places = []
    for owner in sorted(by_owner, key=lambda pk: (pk is None, pk or 0)):
        for rank, each in enumerate(sorted(by_owner[owner], key=worthiest_first), start=1):
            places.append(Place(each, rank, at_once=not per_person or rank <= per_person))
    return places


def worthiest_first(candidate: Candidate) -> tuple[bool, int, str]:
    """Return by what candidates are sorted."""
    return candidate.worth is None, -(candidate.worth or 0), candidate.number


def room_left(open_now: int, *, per_person: int) -> int | None:
    """Return how many more tasks a person may have open; None for as many as there are."""
    return max(per_person - open_now, 0) if per_person else None


def owner_for(
    manager: int | None,
    unit: int,
    *,
    deputies: Mapping[int, int],
    stand_ins: Mapping[int, int],
) -> int | None:
    """
    Return whom a task goes to: the manager, the deputy of one on leave, else the unit's stand-in.

    A deputy who is on leave too passes nothing on: the task is the deputy's.
    """
    if manager is None:
        return stand_ins.get(unit)
    return deputies.get(manager, manager)
