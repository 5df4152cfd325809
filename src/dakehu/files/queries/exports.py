"""Exports of personal data for those who asked for them and those who release them (promise 3)."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from dakehu.files.choices import ExportState
from dakehu.files.models import ExportRequest
from dakehu.files.policies import APPROVE_EXPORTS
from dakehu.people.policies import may, reach
from dakehu.people.queries import staff_who_may
from dakehu.ui import words
from dakehu.ui.lists import releases

if TYPE_CHECKING:
    from dakehu.people.models import Staff

NAMED = ("requested_by__unit", "decided_by")


def exports_of(actor: "Staff") -> QuerySet[ExportRequest]:
    """Return what a person asked for."""
    return ExportRequest.objects.filter(requested_by=actor).select_related(*NAMED)


def exports_to_release(actor: "Staff") -> QuerySet[ExportRequest]:
    """Return what others within the actor's reach asked for: never the actor's own (four eyes)."""
    if not may(actor, APPROVE_EXPORTS):
        return ExportRequest.objects.none()
    within = reach(actor, unit="requested_by__unit", owner="requested_by")
    found = ExportRequest.objects.filter(within).exclude(requested_by=actor)
    return found.select_related(*NAMED)


def get_export(actor: "Staff", pk: int) -> ExportRequest:
    """
    Return one export that the actor asked for, or may release.

    :raises Http404: if there is none with that number.
    """
    mine: ExportRequest | None = exports_of(actor).filter(pk=pk).first()
    found = mine or exports_to_release(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def order_of(pk: int) -> ExportRequest | None:
    """Return an export for the worker that builds it, on behalf of who asked for it."""
    found: ExportRequest | None = (
        ExportRequest.objects.select_related(*NAMED).filter(pk=pk).first()
    )
    return found


def content_of(export: ExportRequest) -> Any:
    """Return the list of an export as the person who asked for it would see it now.

    :raises Http404: if no app offers the list any more.
    """
    screen = releases.personal_list(export.screen)
    if screen is None:
        raise Http404
    return releases.content_for(export.requested_by, screen, export.query, export.columns)


def releaser_for(requester: "Staff") -> int | None:
    """Return who releases what a person asks for: of those who may, the nearest unit upward."""
    path = requester.unit.path or ""
    nearest: tuple[int, int] | None = None
    for other in staff_who_may(APPROVE_EXPORTS).exclude(pk=requester.pk):
        if covers(other, requester):
            depth = len(other.unit.path or "") if path.startswith(other.unit.path or "") else 0
            nearest = max(nearest or (-1, 0), (depth, -other.pk))
    return -nearest[1] if nearest else None


def covers(releaser: "Staff", requester: "Staff") -> bool:
    """Tell whether a person's reach covers another one's unit."""
    within = reach(releaser, unit="unit", owner="pk")
    return bool(type(releaser).objects.filter(within, pk=requester.pk).exists())


def expired(at: datetime) -> QuerySet[ExportRequest]:
    """Return the exports whose file has had its time."""
    return ExportRequest.objects.filter(state=ExportState.READY, expires_at__lte=at)


def undecided(before: datetime) -> QuerySet[ExportRequest]:
    """Return the requests from up to an instant that still wait for a decision."""
    found = ExportRequest.objects.filter(state=ExportState.WAITING, requested_at__lte=before)
    return found.select_related("requested_by").order_by("pk")


def kept_paths() -> set[str]:
    """Return the paths of all files of exports that a row names."""
    return set(ExportRequest.objects.exclude(path="").values_list("path", flat=True))


def release_words(facts: Mapping[str, Any]) -> str:
    """Word the to-do of an export that waits for its release."""
    return _("%(requester)s asks for an export: %(list)s, %(rows)s rows") % {
        "requester": facts["requester"],
        "list": releases.list_title(facts["list"]),
        "rows": words.number(facts["rows"]),
    }


def taking_words(facts: Mapping[str, Any]) -> str:
    """Word the to-do of a file that waits for who asked for it."""
    return _("Your export is ready: %(list)s") % {"list": releases.list_title(facts["list"])}


def loss_words(facts: Mapping[str, Any]) -> str:
    """Word the news for who asked for an export that no file will come."""
    sentences = {
        ExportState.REFUSED: _("Your export was refused: %(list)s"),
        ExportState.FAILED: _("Your export could not be built: %(list)s"),
        ExportState.EXPIRED: _("Nobody decided on your export: %(list)s"),
    }
    sentence = sentences[ExportState(facts["state"])]
    return sentence % {"list": releases.list_title(facts["list"])}
