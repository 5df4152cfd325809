"""Who may bring files in, take them away and attach them (promise 3)."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
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
