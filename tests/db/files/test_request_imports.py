"""Requests from a spreadsheet: opened as if typed, once, and taken back while untouched (K1)."""

import pytest
from tests.factories.cases import make_case
from tests.factories.imports import complaints, counts
from tests.factories.sheets import workbook

from dakehu.cases.models import Case
from dakehu.cases.operations import take_case
from dakehu.clocks.models import Clock

HEADS = ("Customer number", "Kind", "What the customer says", "Channel", "Call back at")


def sheet(*rows):
    return workbook([HEADS, *rows])


@pytest.fixture
def rows(customers):
    group = customers.group.number
    return (
        (group, "Network-coverage need", "三号楼电梯没有信号", "Service hall", ""),
        ("", "Consultation", "想了解专线资费", "", "13800000001"),
    )


def test_rows_are_opened_once_and_a_second_time_nothing(importer, rows, customers):
    run = importer.bring_in("requests", sheet(*rows))

    assert counts(run) == (2, 0, 0, 0)
    known, unknown = Case.objects.order_by("pk")
    assert (known.customer, known.kind, known.channel) == (customers.group, "COVERAGE", "HALL")
    assert known.coverage.step == "REPORTED"
    assert (unknown.customer, unknown.caller_phone.plain) == (None, "13800000001")
    assert counts(importer.check("requests", sheet(rows[0]))) == (0, 0, 1, 0)


def test_every_row_that_cannot_be_is_refused_at_its_cell_with_the_cure(importer, rows):
    run = importer.check(
        "requests",
        sheet(
            rows[0],
            rows[0],
            ("99G999999", "Fault", "断网", "", ""),
            ("", "Fault", "断网", "", ""),
            (rows[0][0], "Batch business", "30 张卡", "", ""),
            (rows[0][0], "Fault", "", "", ""),
            ("", "Fault", "断网", "", "找小王"),
        ),
    )

    assert counts(run) == (1, 0, 0, 6)
    found = complaints(run)
    assert sorted(found) == [3, 4, 5, 6, 7, 8]
    assert {line: each[0][0] for line, each in found.items()} == {
        3: "", 4: "customer", 5: "customer", 6: "kind", 7: "text", 8: "caller_phone",
    }  # fmt: skip
    assert "who speaks" in found[5][0][1]
    assert not Case.objects.exists()


def test_undoing_takes_untouched_requests_back_and_names_those_worked_on(importer, rows, people):
    run = importer.bring_in("requests", sheet(*rows))
    known, unknown = Case.objects.order_by("pk")
    take_case(case=unknown, version=None, by=people.hotline_agent, at=importer.at)

    importer.undo(run)

    known.refresh_from_db()
    unknown.refresh_from_db()
    assert (known.state, known.result, known.answer) == ("CLOSED", "MISTAKE", "")
    assert unknown.state == "TAKEN"
    assert not Clock.objects.filter(subject_id=known.pk, state="RUNNING").exists()


def test_a_request_that_somebody_typed_is_the_same(importer, rows, people, customers):
    make_case(people.hotline_agent, kind="COVERAGE", text=rows[0][2], customer=customers.group)

    assert counts(importer.check("requests", sheet(*rows))) == (1, 0, 1, 0)
