"""Which team a case goes to: the nearest one that leads the service (C22, M10)."""

from collections.abc import Mapping


def nearest_team(home: str, teams: Mapping[int, str]) -> int | None:
    """
    Return the team that works for a customer whose unit stands at the path ``home``.

    ``teams`` are the paths of the units that lead the service. A team works for the unit it
    belongs to and for all below; of several the nearest one, of equals the oldest.
    """
    serving = [
        (len(above(path)), -pk) for pk, path in teams.items() if home.startswith(above(path))
    ]
    return -max(serving)[1] if serving else None


def above(path: str) -> str:
    """Return the path of the unit to which a unit belongs; the topmost belongs to itself."""
    head = path.rstrip("/").rpartition("/")[0]
    return f"{head}/" if head else path
