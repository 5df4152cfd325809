"""Who may bring files in, take them away and attach them (promise 3)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404
from django.utils.translation import gettext as _

from dakehu.people.policies import may, require
from dakehu.ui.imports import ImportScreen
from dakehu.ui.lists import ListScreen

if TYPE_CHECKING:
    from dakehu.files.models import ExportRequest, ImportRun
    from dakehu.people.models import Staff

RUN_IMPORTS = "imports.run"
APPROVE_EXPORTS = "exports.approve"
EXPORT_PLAIN = "exports.plain"
ATTACH_FILES = "files.attach"


def require_import(actor: "Staff | None", screen: ImportScreen | None) -> ImportScreen:
    """
    Return ``screen`` if the actor may import with it.

    :raises PermissionDenied: otherwise, also for an import that no app offers any more.
    """
    if screen is None or actor is None:
        raise PermissionDenied(RUN_IMPORTS)
    require(actor, RUN_IMPORTS)
    require(actor, screen.permission)
    return screen


def may_see_plain(actor: "Staff", run: "ImportRun") -> bool:
    """Tell whether the rows of an import may be shown as they were typed: to who typed them."""
    return run.staff_id == actor.pk


def trouble_with_export(actor: "Staff", screen: ListScreen | None, *, plain: bool) -> str:
    """
    Say why an actor may not have a personal list as a file; nothing if they may.

    Asked when the export is requested, again when it is built, and at every download: rights may
    be withdrawn meanwhile (promise 3).
    """
    if screen is None:
        return _("This list is no longer offered.")
    if not actor.is_active:
        return _("The account of the person who asked for the export is closed.")
    if not screen.may_export(actor):
        return _("The right to export this list is not, or no longer, given.")
    if plain and not may(actor, EXPORT_PLAIN):
        return _("The right to export personal values in plain is not, or no longer, given.")
    return ""


def require_approval(actor: "Staff", export: "ExportRequest") -> None:
    """
    Pass in silence if the actor may release or refuse an export: never their own (four eyes).

    Whether the requester lies within the actor's reach is what the query that found it says.

    :raises PermissionDenied: otherwise.
    """
    require(actor, APPROVE_EXPORTS)
    if export.requested_by_id == actor.pk:
        raise PermissionDenied(APPROVE_EXPORTS)


def never(pk: int) -> bool:
    """Tell that files can always be added to a record, and removed."""
    return False


@dataclass(frozen=True)
class Subject:
    """A kind of record to which files can be attached.

    ``get`` is the subject's own query: it raises Http404 for who may not see the record.
    ``permission`` opens the record's page; "" leaves it to the query. ``url`` is that page.
    ``is_sealed`` tells whether the files of a record stay as they are: none is added or removed.
    """

    label: str
    get: Callable[["Staff", int], models.Model]
    permission: str
    url: Callable[[int], str]
    is_sealed: Callable[[int], bool] = never


_subjects: dict[str, Subject] = {}


def register_subject(subject: Subject) -> None:
    """Let files be attached to records of a model, by its label ("customers.customer")."""
    _subjects[subject.label] = subject


def subject_named(label: str) -> Subject:
    """
    Return the kind of record of a label.

    :raises Http404: if no app offers it.
    """
    if label not in _subjects:
        raise Http404
    return _subjects[label]


def is_sealed(label: str, pk: int) -> bool:
    """Tell whether the files of a record stay as they are."""
    return label in _subjects and _subjects[label].is_sealed(pk)


def seen_subject(actor: "Staff", label: str, pk: int) -> models.Model:
    """
    Return a record to which files can be attached, if the actor may see it.

    :raises Http404: if there is none within the actor's reach.
    :raises PermissionDenied: if the actor may not see records of this kind.
    """
    subject = subject_named(label)
    if subject.permission:
        require(actor, subject.permission)
    return subject.get(actor, pk)
