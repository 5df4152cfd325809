"""Service reports: built from what happened, reviewed by a second person, sent, in editions."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from django.utils.timezone import localdate
from docx import Document
from tests.factories.attachments import PNG
from tests.factories.care import make_report, make_visit, report_of
from tests.factories.customers import MonthFactory
from tests.factories.tiering import StandingFactory, level_of

from dakehu.care.errors import UnableToReport
from dakehu.care.operations import reports, visits
from dakehu.care.operations.rendering import refuse_fetching
from dakehu.care.queries.reports import promises_part
from dakehu.customers.choices import CustomerKind
from dakehu.files.errors import UnableToAttach
from dakehu.files.models import Attachment
from dakehu.files.operations import attachments
from dakehu.files.operations.keeping import full_path
from dakehu.files.pages.attachments import attachments_panel
from dakehu.obligations.models import Act
from dakehu.ui.reporting import Days
from dakehu.worklist.models import Todo


def content_of(document: bytes) -> str:
    """Return the words of a Word document, its tables included."""
    read = Document(BytesIO(document))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in read.paragraphs] + cells)


def files_of(report):
    rows = Attachment.objects.filter(subject_type="care.report", subject_id=report.pk)
    return {row.name.rpartition(".")[2]: full_path(row.path).read_bytes() for row in rows}


@pytest.fixture
def built(people, customers, at, home):
    """The report of a group that was visited and pays, built in Chinese."""
    assert customers.group.kind == CustomerKind.GROUP
    visit = make_visit(customers.group, people.manager, at=at, about="=1+1 专线扩容")
    visits.record_visit(visit=visit, report=report_of(at=at), by=people.manager, at=at)
    MonthFactory(customer=customers.group, ym=202602)
    report = make_report(customers.group, people.manager, at=at, next_plan="组织<b>培训</b>")
    with translation.override("zh-hans"):
        reports.build_report(report, at=at)
    report.refresh_from_db()
    return report


def test_a_report_says_what_happened_in_both_forms_and_asks_for_a_review(built, people):
    files = files_of(built)

    words = content_of(files["docx"])
    assert all(each in words for each in ("季度服务报告", "=1+1 专线扩容", "188.00", "下期计划"))
    assert "组织<b>培训</b>" in words
    assert files["pdf"].startswith(b"%PDF-")
    assert (built.state, built.edition) == ("DRAFT", 1)
    assert Todo.objects.get(source="service-report").owner == people.supervisor


def test_building_again_changes_nothing_and_asking_again_is_the_next_edition(
    built, people, customers, at
):
    reports.build_report(built, at=at)

    assert len(files_of(built)) == 2
    assert make_report(customers.group, people.manager, at=at).edition == 2


def test_a_second_person_reviews_then_it_is_sent_once(built, people, at):
    by = people.supervisor
    with pytest.raises(UnableToReport):
        reports.send_report(report=built, how="MAIL", note="", by=people.manager, at=at)
    own = make_report(built.customer, by, at=at)
    own.state = "DRAFT"
    own.save()
    with pytest.raises(UnableToReport):
        reports.review_report(report=own, by=by, at=at)

    reports.review_report(report=built, by=by, at=at)
    reports.send_report(report=built, how="MAIL", note="王主任", by=people.manager, at=at)
    sent = Act.objects.get(customer=built.customer, service="O6")
    assert (sent.evidence, sent.evidence_id, sent.happened_at) == ("service-report", built.pk, at)

    built.refresh_from_db()
    assert (built.state, built.reviewed_by, built.sent_by) == ("SENT", by, people.manager)
    assert Todo.objects.get(source="service-report", source_id=built.pk).state == "DONE"
    with pytest.raises(UnableToReport):
        reports.send_report(report=built, how="MAIL", note="", by=people.manager, at=at)


def test_the_files_of_a_report_that_was_built_stay_as_they_are(built, people, at):
    by: dict = {"by": people.manager, "at": at}
    kept = Attachment.objects.filter(subject_type="care.report", subject_id=built.pk)
    paper = SimpleUploadedFile("附件.png", PNG, content_type="image/png")

    with pytest.raises(UnableToAttach):
        attachments.remove_attachment(attachment=kept.first(), **by)
    with pytest.raises(UnableToAttach):
        attachments.attach_file(record=built, upload=paper, **by)
    assert kept.filter(removed_at=None).count() == 2
    assert attachments_panel(people.manager, built).may_attach is False
    assert built.percent == 97


def test_a_report_beyond_reach_or_of_days_to_come_is_refused(people, customers, at):
    with pytest.raises(UnableToReport):
        make_report(customers.strangers, people.manager, at=at)
    with pytest.raises(UnableToReport) as refusal:
        make_report(customers.group, people.manager, at=at, first="2026-04-01")
    assert refusal.value.field == "cycle"


def test_a_report_that_could_not_be_built_says_so(people, customers, at):
    report = make_report(customers.group, people.manager, at=at)

    reports.fail_report(report, words="磁盘已满")

    report.refresh_from_db()
    assert (report.state, report.error) == ("FAILED", "磁盘已满")


def test_nothing_is_fetched_while_a_report_is_laid_out():
    with pytest.raises(ValueError, match="fetches nothing"):
        refuse_fetching("https://example.com/logo.png")


def test_what_is_promised_is_counted_by_its_evidence(people, customers, at):
    group, day = customers.group, localdate(at)
    StandingFactory(customer=group, level=level_of("group-abc", 5), active_from=date(2026, 1, 1))
    visit = make_visit(group, people.manager, at=at, purpose="DEMONSTRATION")
    visits.record_visit(visit=visit, report=report_of(at=at), by=people.manager, at=at)

    part = promises_part(people.manager, group, Days(day, day))
    before = promises_part(people.manager, group, Days(date(2026, 1, 1), day - timedelta(days=1)))

    delivered = {row[1]: row[3] for row in part.rows}
    assert (delivered["C7 A1 v1"], delivered["C12 A1 v1"]) == ("1", "0")
    assert {row[3] for row in before.rows} == {"0"}
