"""Batch business from an opportunity: collected data handed over as one file (CH9, C3)."""

import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from dakehu.cases.choices import CaseChannel, CaseKind
from dakehu.cases.errors import UnableToKeepCase
from dakehu.cases.operations import open_case
from dakehu.cases.queries.batches import MOST_ROWS, batch_in
from dakehu.cases.values import BatchLine, NewCase
from dakehu.common.spreadsheets import Limits, UnreadableFile, beginnings_of, rows_of
from dakehu.files.errors import UnableToAttach
from dakehu.files.operations.attachments import attach_file
from dakehu.opportunities.choices import Move
from dakehu.opportunities.errors import UnableToKeepOpportunity
from dakehu.opportunities.models import Opportunity, SupportLink
from dakehu.opportunities.operations.keeping import Step, move_on
from dakehu.opportunities.operations.papers import mine
from dakehu.opportunities.policies import is_partner
from dakehu.opportunities.rules.states import after

if TYPE_CHECKING:
    from dakehu.people.models import Staff

LIMITS = Limits(rows=MOST_ROWS + 1, columns=20, cells=200_000, unpacked=50_000_000)
SHOWN_TROUBLES = 5


@transaction.atomic
def hand_over_batch(
    *, opportunity: Opportunity, upload: Any, text: str, by: "Staff", at: datetime
) -> SupportLink:
    """
    Hand over collected data as batch business: a row for each number, with what is to be done.

    The file itself is attached to the order; what came of each row stands there.

    :raises PermissionDenied: unless ``by`` has the opportunity, or hands out.
    :raises UnableToKeepOpportunity: if the file cannot be read or carries macros, a row has no
        number or stands there twice (it names the first), or there are too few or too many rows.
    """
    stored = mine(opportunity, by)
    lines = lines_of(upload)
    new = NewCase(
        kind=CaseKind.BATCH,
        channel=CaseChannel.PARTNER if is_partner(by) else CaseChannel.TELEPHONE,
        text=f"{text or stored.text}\n{stored.number}".strip(),
        customer=stored.customer,
        lines=tuple(lines),
    )
    try:
        case = open_case(new=new, by=by, at=at)
        attach_file(record=case, upload=upload, by=by, at=at)
    except UnableToKeepCase as refusal:
        raise UnableToKeepOpportunity(str(refusal), "file") from refusal
    except UnableToAttach as refusal:
        raise UnableToKeepOpportunity(str(refusal), "file") from refusal
    link = SupportLink.objects.create(opportunity=stored, case=case)
    state = after(stored.state, Move.SUPPORT)
    if state is not None:
        facts = {"case": case.number, "rows": len(lines)}
        move_on(stored, state, Step(Move.SUPPORT, text, facts=facts), by=by, at=at)
    return link


def lines_of(upload: Any) -> list[BatchLine]:
    """
    Return the rows of a file that somebody hands over; headings above them are passed over.

    :raises UnableToKeepOpportunity: if it cannot be read, or a row is wrong.
    """
    with tempfile.NamedTemporaryFile(suffix=Path(upload.name or "").suffix) as copy:
        for chunk in upload.chunks():
            copy.write(chunk)
        copy.flush()
        try:
            rows = [row for row in read(Path(copy.name)) if row[0]]
        except UnreadableFile as trouble:
            raise UnableToKeepOpportunity(
                _("The file cannot be read as Excel or CSV. Save it as .xlsx and send it again."),
                "file",
            ) from trouble
    if len(rows) > MOST_ROWS + 1:
        words = _("At most %(most)s rows go into one order; divide the file.")
        raise UnableToKeepOpportunity(words % {"most": MOST_ROWS}, "file")
    lines, troubles = batch_in("\n".join("\t".join(row) for row in rows))
    if troubles and rows and troubles[0].startswith("1:"):
        # The first row may be headings.
        lines, troubles = batch_in("\n".join("\t".join(row) for row in rows[1:]))
    if troubles:
        words = _("No number, or one that stands there twice: %(rows)s. Correct the file.")
        shown = _(", ").join(troubles[:SHOWN_TROUBLES])
        raise UnableToKeepOpportunity(words % {"rows": shown}, "file")
    return lines


def read(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the first two cells of every row of the first sheet, as text."""
    source = beginnings_of(path, LIMITS)[0].source
    _most, rows = rows_of(path, source, LIMITS)
    for row in rows:
        first, second = (*row.cells, None, None)[:2]
        yield told(first), told(second)


def told(cell: Any) -> str:
    """Return a cell as people read it, on one line."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())
