"""Years whose public days were announced and entered by hand, before the kept library has them."""

from datetime import date

from django.http import Http404

from dakehu.clocks import rules
from dakehu.clocks.models import AnnouncedYear
from dakehu.clocks.values import Announced, PublicDays


def public_days(last_year: int) -> PublicDays:
    """Return the public days to a year: of the library, and what was announced since."""
    rows = AnnouncedYear.objects.filter(published_at__isnull=False, removed_at__isnull=True)
    known = [announced_of(row) for row in rows.order_by("published_at", "pk")]
    return rules.with_announced(rules.known_public_days(last_year), known)


def announced_of(row: AnnouncedYear) -> Announced:
    """Return a stored announcement as a value."""
    return Announced(
        row.year,
        {date.fromisoformat(day): name for day, name in row.free},
        frozenset(map(date.fromisoformat, row.make_up)),
        (row.pk, row.version),
    )


def years_entered(year: int) -> list[AnnouncedYear]:
    """Return what was entered of a year, the newest first."""
    found = AnnouncedYear.objects.filter(year=year, removed_at__isnull=True)
    return list(found.select_related("proposed_by", "published_by").order_by("-pk"))


def get_announced(pk: int) -> AnnouncedYear:
    """
    Return one announcement.

    :raises Http404: if there is none.
    """
    found = AnnouncedYear.objects.filter(pk=pk, removed_at__isnull=True).first()
    if found is None:
        raise Http404
    return found
