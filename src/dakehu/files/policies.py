"""Who may bring files in (promise 3)."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

from dakehu.people.policies import require
from dakehu.ui.imports import ImportScreen

if TYPE_CHECKING:
    from dakehu.files.models import ImportRun
    from dakehu.people.models import Staff

RUN_IMPORTS = "imports.run"


def require_import(actor: "Staff", screen: ImportScreen | None) -> ImportScreen:
    """
    Return ``screen`` if the actor may import with it.

    :raises PermissionDenied: otherwise, also for an import that no app offers any more.
    """
    require(actor, RUN_IMPORTS)
    if screen is None:
        raise PermissionDenied(RUN_IMPORTS)
    require(actor, screen.permission)
    return screen


def may_see_plain(actor: "Staff", run: "ImportRun") -> bool:
    """Tell whether the rows of an import may be shown as they were typed: to who typed them."""
    return run.staff_id == actor.pk
