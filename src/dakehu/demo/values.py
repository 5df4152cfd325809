"""Values of the demonstration: its log-ins, and the book that says how far it has come."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Self


@dataclass(frozen=True)
class LogIn:
    """A log-in of the demonstration: user name, the person's name, role code, and unit code."""

    username: str
    name: str
    role: str
    unit_code: str
    staff_no: str | None


@dataclass(frozen=True)
class Place:
    """A city of the demonstration with its districts, by name."""

    code: str
    name: str
    districts: tuple[str, ...]


@dataclass(frozen=True)
class DemoBook:
    """
    What the demonstration consists of; kept in the installation's folder.

    It lets an interrupted demonstration go on: the deliveries are drawn once, and every night
    already lived through is left alone.
    """

    province: str
    first: date
    until: date
    places: tuple[Place, ...]
    log_ins: tuple[LogIn, ...]
    lived: date | None = None

    def write(self, path: Path) -> None:
        """Keep the book, in one step."""
        fresh = path.with_suffix(".new")
        fresh.write_text(json.dumps(asdict(self), default=str, ensure_ascii=False, indent=1))
        fresh.replace(path)

    @classmethod
    def read(cls, path: Path) -> Self | None:
        """Return the book kept at ``path``, or None where there is none."""
        if not path.exists():
            return None
        kept = json.loads(path.read_text())
        return cls(
            province=kept["province"],
            first=date.fromisoformat(kept["first"]),
            until=date.fromisoformat(kept["until"]),
            places=tuple(
                Place(place["code"], place["name"], tuple(place["districts"]))
                for place in kept["places"]
            ),
            log_ins=tuple(LogIn(**log_in) for log_in in kept["log_ins"]),
            lived=date.fromisoformat(kept["lived"]) if kept["lived"] else None,
        )
