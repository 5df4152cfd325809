"""The versions of the matrix, and the one in force on a day."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from dakehu.channels.models import MatrixVersion
from dakehu.channels.rules.bodies import body_from_data
from dakehu.channels.values import Body
from dakehu.tiering.choices import RulePlace, RuleState


def versions_known() -> QuerySet[MatrixVersion]:
    """Return all versions, the newest first."""
    rows = MatrixVersion.objects.select_related(
        "matrix", "based_on", "created_by", "proposed_by", "published_by"
    )
    return rows.order_by("-number")


def get_version(number: int) -> MatrixVersion:
    """
    Return one version.

    :raises Http404: if there is none of that number.
    """
    found = versions_known().filter(number=number).first()
    if found is None:
        raise Http404
    return found


def version_in_force(*, on: date) -> MatrixVersion:
    """
    Return the version that holds on a day.

    :raises Http404: if there is none, which only a database without set-up has.
    """
    found = versions_known().filter(state=RuleState.PUBLISHED, active_from__lte=on)
    held = found.order_by("-active_from").first()
    if held is None:
        raise Http404
    return held


def number_in_force(*, on: date) -> MatrixVersion:
    """
    Return the version that holds on a day by key, number and digest alone.

    :raises Http404: as :func:`version_in_force`.
    """
    found = MatrixVersion.objects.filter(state=RuleState.PUBLISHED, active_from__lte=on)
    held = found.only("matrix", "number", "digest").order_by("-active_from").first()
    if held is None:
        raise Http404
    return held


def body_in_force(*, on: date) -> Body:
    """Return what the matrix says on a day."""
    return body_from_data(version_in_force(on=on).body)


def body_of(pk: int) -> Body:
    """Return what the version with a key says; what it says is read once."""
    rows = MatrixVersion.objects.filter(pk=pk)
    return kept_body(pk, rows.values_list("digest", flat=True).get())


@lru_cache(maxsize=8)
def kept_body(pk: int, digest: str) -> Body:
    """Return what a version says; ``digest`` tells it from what once had its key."""
    return body_from_data(MatrixVersion.objects.get(pk=pk).body)


def newest_published() -> tuple[int, str]:
    """Return key and digest of the newest published version."""
    rows = MatrixVersion.objects.filter(state=RuleState.PUBLISHED).order_by("-number")
    found: tuple[int, str] = rows.values_list("pk", "digest")[0]
    return found


def place_of(version: MatrixVersion, *, on: date, in_force: MatrixVersion) -> RulePlace:
    """Return where a version stands on a day, given the one in force."""
    if version.state != RuleState.PUBLISHED:
        return RulePlace(version.state)
    if version.active_from is not None and version.active_from > on:
        return RulePlace.COMING
    return RulePlace.IN_FORCE if in_force.pk == version.pk else RulePlace.SUPERSEDED


def version_words(facts: Mapping[str, Any]) -> str:
    """Return the words of a to-do to publish a version."""
    return _("%(by)s asks you to publish version %(number)s of products and channels") % facts


def version_url(number: int) -> str:
    """Return where a version that waits is published."""
    found = MatrixVersion.objects.filter(pk=number).first()
    return reverse("channels:version", args=[found.number]) if found else ""
