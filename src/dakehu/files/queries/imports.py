"""Imports for those who may see them, and what an earlier import tells about the next."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Count, QuerySet
from django.http import Http404

from dakehu.files.choices import RowVerdict
from dakehu.files.models import ImportRow, ImportRun
from dakehu.files.values import Tally
from dakehu.people.policies import reach

if TYPE_CHECKING:
    from dakehu.people.models import Staff

EARLIER_RUNS = 20
ROWS_SHOWN = 50
WRITTEN = (RowVerdict.CREATE, RowVerdict.UPDATE)


def runs_visible_to(actor: "Staff") -> QuerySet[ImportRun]:
    """Return the imports of the people within the actor's reach."""
    found = ImportRun.objects.filter(reach(actor, unit="staff__unit", owner="staff"))
    return found.select_related("staff", "staff__unit")


def get_run(actor: "Staff", pk: int) -> ImportRun:
    """
    Return one import.

    :raises Http404: if there is none with that number within the actor's reach.
    """
    run: ImportRun | None = runs_visible_to(actor).filter(pk=pk).first()
    if run is None:
        raise Http404
    return run


def earlier_mapping(actor: "Staff", name: str) -> dict[str, str]:
    """Return, by heading, the field that the actor gave it when last importing with ``name``."""
    runs = ImportRun.objects.filter(staff=actor, name=name).order_by("-at", "-pk")
    mapping: dict[str, str] = {}
    for earlier in runs.values_list("mapping", flat=True)[:EARLIER_RUNS]:
        for heading, field in earlier.items():
            mapping.setdefault(heading, field)
    return mapping


def rows_shown(
    run: ImportRun, *, verdict: str = "", after: int = 0, most: int = ROWS_SHOWN
) -> list[ImportRow]:
    """Return the rows of an import below line ``after``, in the order of the file."""
    found = ImportRow.objects.filter(run=run, line__gt=after)
    if verdict:
        found = found.filter(verdict=verdict)
    return list(found.order_by("line")[:most])


def rejected_rows(run: ImportRun) -> Iterable[ImportRow]:
    """Yield the rejected rows of an import, in the order of the file."""
    found = ImportRow.objects.filter(run=run, verdict=RowVerdict.REJECTED).order_by("line")
    return found.iterator(chunk_size=ROWS_SHOWN * 10)


def kept_back(run: ImportRun, *, most: int = ROWS_SHOWN) -> tuple[int, list[ImportRow]]:
    """Return the rows that could not be undone: how many, and the first of them."""
    found = ImportRow.objects.filter(run=run, verdict__in=WRITTEN, is_applied=True)
    found = found.exclude(errors=[])
    return found.count(), list(found.order_by("line")[:most])


def applied_count(run: ImportRun) -> int:
    """Return how many rows of an import have been written and not been undone."""
    return ImportRow.objects.filter(run=run, verdict__in=WRITTEN, is_applied=True).count()


def is_undoable(run: ImportRun) -> bool:
    """Tell whether the book still holds what is needed to take an import back."""
    return ImportRow.objects.filter(run=run, verdict__in=WRITTEN, is_applied=True).exists()


def tally_of(run: ImportRun) -> Tally:
    """Count the rows of an import by verdict."""
    rows: Any = ImportRow.objects.filter(run=run).order_by().values("verdict")
    counts = dict(rows.annotate(count=Count("pk")).values_list("verdict", "count"))
    return Tally(
        created=counts.get(RowVerdict.CREATE, 0),
        updated=counts.get(RowVerdict.UPDATE, 0),
        unchanged=counts.get(RowVerdict.UNCHANGED, 0),
        rejected=counts.get(RowVerdict.REJECTED, 0),
    )
