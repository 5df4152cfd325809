"""What came of the rows of a batch (C3)."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from dakehu.cases.choices import Move
from dakehu.cases.errors import UnableToKeepCase
from dakehu.cases.models import BatchRow, Case
from dakehu.cases.operations.keeping import held, require_work_on
from dakehu.cases.policies import HANDLE
from dakehu.people.policies import require

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@transaction.atomic
def settle_rows(
    *, case: Case, lines: Sequence[int], failed: str | None, by: "Staff", at: datetime
) -> int:
    """
    Say what came of open rows: done, or failed with why; return how many there were.

    No lines named means all that are open.

    :raises PermissionDenied: if somebody else works on it.
    :raises UnableToKeepCase: if rows fail without a reason, or the case is not open.
    """
    require(by, HANDLE)
    stored, _state = held(case, Move.TALK)
    require_work_on(by, stored)
    if failed is not None and not failed.strip():
        raise UnableToKeepCase(_("Say why the rows failed."), "note")
    rows = stored.rows.filter(result=BatchRow.Result.OPEN)
    if lines:
        rows = rows.filter(line__in=lines)
    result = BatchRow.Result.DONE if failed is None else BatchRow.Result.FAILED
    count: int = rows.update(result=result, note=failed or "", done_at=at, done_by=by)
    return count
