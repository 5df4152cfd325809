"""Collected data handed over as batch business by one file, or refused whole (CH9, C3)."""

import io
import zipfile

import pytest
import xlsxwriter
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.factories.opportunities import claimed

from dakehu.cases.models import Case
from dakehu.files.queries.attachments import attachments_of
from dakehu.opportunities import operations
from dakehu.opportunities.errors import UnableToKeepOpportunity

pytestmark = pytest.mark.django_db
ROWS = [(f"1380000{number:04d}", "开通集团彩铃") for number in range(30)]


def sheet(rows, *, heads=("号码", "办理内容")):
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        page = book.add_worksheet()
        for place, row in enumerate([heads, *rows]):
            page.write_row(place, 0, row)
    return SimpleUploadedFile("名单.xlsx", content.getvalue())


def text(rows, encoding="gb18030"):
    content = "\n".join(",".join(row) for row in rows).encode(encoding)
    return SimpleUploadedFile("名单.csv", content)


def with_macros():
    """A workbook whose rows could be read well, and that carries macros."""
    content = io.BytesIO(sheet(ROWS).read())
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    return SimpleUploadedFile("名单.xlsx", content.getvalue())


@pytest.fixture
def known(people, at):
    return {"opportunity": claimed(people), "by": people.manager, "at": at, "text": "批量开彩铃"}


@pytest.mark.parametrize("make", [sheet, text])
def test_a_file_becomes_an_order_with_a_row_for_each_number(known, make):
    link = operations.hand_over_batch(upload=make(ROWS), **known)

    rows = list(link.case.rows.order_by("line"))
    assert (link.case.kind, len(rows), rows[0].wish) == ("BATCH", 30, "开通集团彩铃")
    assert [each.name for each in attachments_of(link.case)] == [make(ROWS).name]
    assert known["opportunity"].hops.last().facts == {"case": link.case.number, "rows": 30}


@pytest.mark.parametrize(
    ("upload", "words"),
    [
        (lambda: text([*ROWS, ROWS[0]]), "13800000000"),
        (lambda: text([*ROWS, ("没有号码", "x")]), "31"),
        (lambda: text(ROWS[:5]), "30"),
        (lambda: SimpleUploadedFile("名单.xlsx", b"PK\x03\x04 broken"), "Excel"),
        (with_macros, "宏"),
    ],
)
def test_a_file_that_cannot_be_handed_over_is_refused_whole(known, upload, words):
    with pytest.raises(UnableToKeepOpportunity, match=words) as refused:
        operations.hand_over_batch(upload=upload(), **known)

    assert refused.value.field == "file"
    assert not Case.objects.filter(kind="BATCH").exists()


def test_only_whoever_has_it_hands_over(known, people):
    with pytest.raises(PermissionDenied):
        operations.hand_over_batch(upload=sheet(ROWS), **{**known, "by": people.colleague})
