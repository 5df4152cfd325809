"""Service reports: asked for, built, reviewed by a second person, sent, counted (R1 to R4)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.audit.operations import create_record, save_record
from dakehu.care.choices import REPORT, REPORTING, UNFINISHED, ReportCycle, ReportState
from dakehu.care.errors import UnableToReport
from dakehu.care.models import Report
from dakehu.care.operations.rendering import Chapter, Paper, pdf_of, word_of
from dakehu.care.policies import APPROVE, WRITE
from dakehu.customers.queries import is_in_reach
from dakehu.files.operations.attachments import attach_file
from dakehu.obligations.operations import record_act
from dakehu.people.policies import require
from dakehu.people.queries import decider_for
from dakehu.ui.reporting import Days, Part, sections
from dakehu.worklist.choices import Urgency
from dakehu.worklist.operations import ask_now, finish_todo
from dakehu.worklist.values import Ask

if TYPE_CHECKING:
    from dakehu.people.models import Staff

ERROR_LENGTH = 300
NOTE_LENGTH = 200
GATHERED, LAID_OUT, WRITTEN = 70, 90, 97
"""Percent of a report that is done once its sections are gathered, its PDF and Word are there."""


def unsaved_report(**values: object) -> Report:
    """Return a report that is not kept yet, for callers who do not know the models."""
    return Report(**values)


@transaction.atomic
def ask_report(*, report: Report, by: "Staff", at: datetime) -> Report:
    """
    Note that a report is to be built; background work builds it. Another one of the same days is
    the next edition.

    :raises PermissionDenied: if ``by`` may not.
    :raises UnableToReport: if the days lie ahead, or the customer beyond reach.
    """
    require(by, WRITE)
    require(by, "files.attach")
    if not is_in_reach(by, report.customer):
        raise UnableToReport(_("This customer is beyond your reach."))
    if report.first_day > localdate(at):
        raise UnableToReport(_("These days have not come yet."), "cycle")
    same = Report.objects.filter(
        customer=report.customer, first_day=report.first_day, last_day=report.last_day
    )
    newest = same.aggregate(newest=Max("edition"))["newest"] or 0
    report.edition = newest + 1
    report.staff, report.unit, report.asked_at = by, by.unit, at
    return create_record(report, by=by, at=at)


def paper_of(report: Report) -> Paper:
    """Gather what a report says, for whoever asked for it."""
    days = Days(report.first_day, report.last_day)
    told = {"open": report.open_points, "plan": report.next_plan}
    chapters = []
    wanted = sections()
    for number, section in enumerate(wanted):
        tell_progress(report, GATHERED * number // len(wanted))
        part = section.gather(report.staff, report.customer, days)
        if words := tuple(told.get(section.name, "").splitlines()):
            found = part or Part()
            part = Part(words, found.facts, found.head, found.rows)
        if part is not None:
            chapters.append(Chapter(str(section.title), part))
    facts = (
        (_("Customer number"), report.customer.number),
        (_("Period of the report"), f"{report.first_day:%Y-%m-%d} – {report.last_day:%Y-%m-%d}"),
        (_("Account manager"), f"{report.staff.name} · {report.unit}"),
        (_("Edition"), str(report.edition)),
    )
    title = str(ReportCycle(report.cycle).label)
    return Paper(
        str(report.customer),
        title,
        report.first_day,
        report.last_day,
        report.edition,
        facts,
        chapters,
    )


def tell_progress(report: Report, percent: int) -> None:
    """Show on its page how much of a report is done, at once."""
    Report.objects.filter(pk=report.pk, state=ReportState.BUILDING).update(percent=percent)


def build_report(report: Report, *, at: datetime) -> None:
    """Build the files of a report and let it be reviewed; one that is built already stays."""
    if report.state not in UNFINISHED:
        return
    paper = paper_of(report)
    name = f"{paper.customer}-{paper.title}-{report.first_day:%Y%m%d}-{report.edition}"
    tell_progress(report, GATHERED)
    pdf = SimpleUploadedFile(f"{name}.pdf", pdf_of(paper))
    tell_progress(report, LAID_OUT)
    word = SimpleUploadedFile(f"{name}.docx", word_of(paper))
    tell_progress(report, WRITTEN)
    with transaction.atomic():
        held = Report.objects.select_for_update().select_related("staff").get(pk=report.pk)
        if held.state not in UNFINISHED:
            return
        kept = [
            attach_file(record=held, upload=file, by=held.staff, at=at) for file in (pdf, word)
        ]
        held.state, held.error, held.sha256 = ReportState.DRAFT, "", kept[0].sha256
        save_record(held, by=held.staff, at=at)
        ask(held, owner=decider_for(held.staff, APPROVE), at=at)


def ask(report: Report, *, owner: int | None, at: datetime) -> None:
    """Ask somebody for the next step of a report."""
    wanted = Ask(
        source_id=report.pk,
        facts={"state": report.state, "title": report.cycle},
        customer_id=report.customer_id,
        owner_id=owner,
        unit_id=report.unit_id,
        urgency=Urgency.NORMAL,
        due_date=None,
    )
    ask_now(source=REPORT, ask=wanted, at=at)


def fail_report(report: Report, *, words: str) -> None:
    """Note on its page that a report could not be built."""
    found = Report.objects.filter(pk=report.pk, state=ReportState.BUILDING)
    found.update(state=ReportState.FAILED, error=words[:ERROR_LENGTH])


@transaction.atomic
def review_report(*, report: Report, by: "Staff", at: datetime) -> None:
    """
    Find a report fit to be sent, as a second person.

    :raises PermissionDenied: if ``by`` may not.
    :raises UnableToReport: if it is no draft, or is one's own.
    """
    require(by, APPROVE)
    held = Report.objects.select_for_update().get(pk=report.pk)
    if held.state != ReportState.DRAFT:
        raise UnableToReport(_("Only a report that was built is reviewed, and once."))
    if held.staff_id == by.pk:
        raise UnableToReport(_("Somebody else must review your report."))
    held.state, held.reviewed_by, held.reviewed_at = ReportState.REVIEWED, by, at
    save_record(held, by=by, at=at)
    ask(held, owner=held.staff_id, at=at)


@transaction.atomic
def send_report(*, report: Report, how: str, note: str, by: "Staff", at: datetime) -> None:
    """
    Record that a reviewed report reached the customer; it then counts as evidence.

    :raises PermissionDenied: if ``by`` may not.
    :raises UnableToReport: if it is not reviewed, or was sent already.
    """
    require(by, WRITE)
    held = Report.objects.select_for_update().get(pk=report.pk)
    if held.state != ReportState.REVIEWED:
        raise UnableToReport(_("Only a reviewed report is sent, and once."))
    held.state, held.sent_by, held.sent_at = ReportState.SENT, by, at
    held.sent_how, held.sent_note = how, note
    save_record(held, by=by, at=at)
    finish_todo(source=REPORT, source_id=held.pk, by=by, at=at)
    record_act(
        customer=held.customer,
        service_code=REPORTING,
        happened_at=at,
        evidence=REPORT,
        evidence_id=held.pk,
        note=str(held)[:NOTE_LENGTH],
        by=by,
        at=at,
    )
