"""The address of a list: every choice is a query parameter, so a list can be linked and kept."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

PAGE_SIZES = (20, 50, 100)
# Parameters of the engine; the others belong to the filter.
RESERVED = frozenset(
    {"sort", "size", "after", "before", "row", "columns", "view", "count", "export"}
)
# Where in the list one stands; gone as soon as filter or order change.
POSITION = ("after", "before", "row")
# Stands for "from the end" in ``before``.
END = "end"
LONGEST_NUMBER = 18


def whole_number(typed: str) -> int | None:
    """Return a number typed in an address, or nothing if it is none the database could hold."""
    if typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_NUMBER:
        return int(typed)
    return None


@dataclass(frozen=True)
class Address:
    """The query parameters of one list page, without the empty ones."""

    query: QueryDict

    @classmethod
    def of(cls, query: QueryDict) -> "Address":
        """Return the address with the parameters of ``query`` that say something."""
        kept = QueryDict(mutable=True)
        for name, values in query.lists():
            if said := [value for value in values if value != ""]:
                kept.setlist(name, said)
        return cls(kept)

    def get(self, name: str) -> str:
        """Return one parameter, or nothing."""
        return self.query.get(name) or ""

    def to(self, **changes: Any) -> str:
        """Return this address as a link with some parameters changed; an empty one is removed."""
        query = self.query.copy()
        for name, value in changes.items():
            if value in ("", None):
                query.pop(name, None)
            else:
                query[name] = str(value)
        return "?" + query.urlencode()

    def moved(self, **changes: Any) -> str:
        """Return the address of another order or filter: from the first row again."""
        return self.to(**{**dict.fromkeys((*POSITION, "count", "export"), ""), **changes})

    def without(self, *names: str) -> str:
        """Return the address without some filter fields, from the first row."""
        return self.moved(**dict.fromkeys((*names, "view"), ""))

    @property
    def sort(self) -> str:
        return self.get("sort")

    @property
    def size(self) -> int:
        """Return the rows per page: one of the offered sizes."""
        size = whole_number(self.get("size"))
        return size if size in PAGE_SIZES else PAGE_SIZES[0]

    @property
    def after(self) -> int | None:
        return whole_number(self.get("after"))

    @property
    def before(self) -> int | None:
        return whole_number(self.get("before"))

    @property
    def from_end(self) -> bool:
        return self.get("before") == END

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(name for name in self.get("columns").split(",") if name)

    @property
    def view(self) -> int | None:
        return whole_number(self.get("view"))

    @property
    def filters(self) -> dict[str, str]:
        """Return the filter fields as typed, several values joined by commas."""
        return {
            name: ",".join(values) for name, values in self.query.lists() if name not in RESERVED
        }

    @property
    def filter_query(self) -> str:
        """Return the filter fields as a query string."""
        query = self.query.copy()
        for name in RESERVED:
            query.pop(name, None)
        return query.urlencode()

    @property
    def kept_query(self) -> str:
        """Return what a saved view keeps: filter, order, columns and page size."""
        query = self.query.copy()
        for name in (*POSITION, "count", "export", "view"):
            query.pop(name, None)
        return query.urlencode()
