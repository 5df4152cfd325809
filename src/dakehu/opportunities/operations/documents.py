"""Solutions and contracts as Word documents, made from what is recorded (OP14)."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.care.operations.rendering import Chapter, Paper, word_of
from dakehu.channels.choices import Activity
from dakehu.channels.queries import kept_body
from dakehu.channels.queries.wording import name_of
from dakehu.files.operations.attachments import attach_file
from dakehu.opportunities.choices import PaperKind
from dakehu.opportunities.models import Contract, Opportunity, Solution
from dakehu.opportunities.queries.papers import kind_of
from dakehu.people.policies import require
from dakehu.ui.reporting import Part
from dakehu.ui.words import yuan

if TYPE_CHECKING:
    from dakehu.files.models import Attachment
    from dakehu.people.models import Staff

LINE = "_" * 24


def document_of(*, paper: Contract | Solution, by: "Staff", at: datetime) -> "Attachment":
    """
    Make a Word document of a paper and attach it there.

    :raises PermissionDenied: if ``by`` may not attach files.
    :raises UnableToAttach: if the files of the paper are sealed.
    """
    require(by, "files.attach")
    kind = kind_of(paper)
    told = contract_paper(paper) if isinstance(paper, Contract) else solution_paper(paper)
    day = localdate(at)
    name = f"{told.title}-{paper}-{day:%Y%m%d}-{paper.version}.docx"
    upload = SimpleUploadedFile(name, word_of(told))
    note = _("Made from what is recorded: %(kind)s") % {"kind": PaperKind(kind).label}
    return attach_file(record=paper, upload=upload, by=by, at=at, note=note)


def products_part(opportunity: Opportunity) -> Part:
    """Return what the customer wants as a table."""
    body = kept_body(opportunity.matrix_id, opportunity.matrix.digest)
    head = (_("Product"), _("What is to be done"), _("Price note"))
    rows = tuple(
        (
            name_of(body, each.product),
            str(Activity(each.activity).label),
            body.products[each.product].price_note if each.product in body.products else "",
        )
        for each in opportunity.wanted
    )
    return Part(head=head, rows=rows)


def solution_paper(solution: Solution) -> Paper:
    """Return a solution as the document tells it."""
    whose = solution.opportunity
    day = localdate(solution.written_at)
    facts = (
        (_("Opportunity number"), whose.number),
        (_("Version"), str(solution.number)),
        (_("Day"), f"{day:%Y-%m-%d}"),
        (_("Written by"), str(solution.written_by)),
        (_("What was asked for"), whose.text or "–"),
    )
    price = ((_("Price, in yuan"), yuan(solution.price_fen)),) if solution.price_fen else ()
    chapters = (
        Chapter(_("What is offered"), products_part(whose)),
        Chapter(_("Technical part"), Part(words=tuple(solution.technical.splitlines()))),
        Chapter(_("Commercial part"), Part(tuple(solution.commercial.splitlines()), price)),
    )
    title = str(PaperKind.SOLUTION.label)
    return Paper(whose.whose, title, day, day, solution.number, facts, chapters)


def contract_paper(contract: Contract) -> Paper:
    """Return a contract as the document tells it, with room for both stamps."""
    whose: Any = contract.opportunity
    facts = (
        (_("Number of the contract"), contract.number),
        (_("Customer"), whose.whose),
        (_("Customer number"), whose.customer.number if whose.customer else "–"),
        (_("Unit"), str(whose.unit)),
    )
    term = (
        (_("Begins on"), f"{contract.starts_on:%Y-%m-%d}"),
        (_("Ends on"), f"{contract.ends_on:%Y-%m-%d}"),
        (_("Value, in yuan"), yuan(contract.value_fen)),
    )
    stamps = (
        (_("Stamp of the customer, and day"), LINE),
        (_("Stamp of the operator, and day"), LINE),
    )
    chapters = (
        Chapter(_("Products"), products_part(whose)),
        Chapter(_("Term and value"), Part(facts=term)),
        Chapter(_("Terms"), Part(words=tuple(contract.terms.splitlines()))),
        Chapter(_("Stamps"), Part(facts=stamps)),
    )
    title = str(PaperKind.CONTRACT.label)
    return Paper(whose.whose, title, contract.starts_on, contract.ends_on, 1, facts, chapters)
