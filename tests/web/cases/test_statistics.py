"""Figures of requests on screen and as a workbook (K2)."""

import random
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook
from tests.factories.cases import close, make_case

from dakehu.cases.pages.statistics import statistics_page
from dakehu.cases.values import Asked

FROM = datetime(2026, 1, 5, 2, tzinfo=UTC)
ASKED = Asked(date(2026, 1, 1), date(2026, 3, 31), "month")


def repeats_of(cases):
    """The second evaluator: every complaint beside every other."""
    complaints = [case for case in cases if case.kind == "COMPLAINT" and case.customer_id]
    return sum(
        any(
            other.customer_id == case.customer_id
            and timedelta(0) < case.opened_at - other.opened_at <= timedelta(days=30)
            for other in complaints
        )
        for case in complaints
    )


@pytest.fixture
def cases(people, customers):
    """Thirty requests of two customers and of somebody unknown, over seventy days."""
    draw = random.Random(7)
    made = [
        make_case(
            people.hotline_agent,
            kind=draw.choice(["COMPLAINT", "COMPLAINT", "FAULT", "CONSULTATION"]),
            customer=draw.choice([customers.own, customers.group, None]),
            product_code=draw.choice(["P1", "P2", ""]),
            text=f"第{number}件",
            at=FROM + timedelta(hours=draw.randrange(24 * 70)),
        )
        for number in range(30)
    ]
    for case in made[:8]:
        close(case, people.supervisor, at=FROM + timedelta(days=80))
    return made


def test_sums_agree_with_counting_by_hand(people, cases):
    page = statistics_page(people.supervisor, ASKED)
    total = page.total.figures

    complaints = [case for case in cases if case.kind == "COMPLAINT"]
    assert (total.total, total.closed) == (30, 8)
    assert (total.complaints, total.repeats) == (len(complaints), repeats_of(cases))
    for table in page.tables[:3]:
        assert sum(line.figures.total for line in table.lines) == 30
    assert page.total.rate == round(len(complaints) * 1000 / page.customers, 2)


def test_the_page_narrows_and_asks_a_fixed_number_of_questions(
    sign_in, people, cases, django_assert_max_num_queries
):
    client, url = sign_in(people.supervisor), reverse("cases:statistics")
    asked = {"first": "2026-01-01", "last": "2026-03-31", "step": "day"}

    with django_assert_max_num_queries(26):
        page = client.get(url, asked)
    faults = client.get(url, {**asked, "kind": "FAULT"}).context["page"].total.figures

    assert page.context["page"].total.figures.total == 30
    assert faults.total == faults.faults == sum(case.kind == "FAULT" for case in cases)
    assert client.get(url, {"first": "x", "unit": "9999", "kind": "?"}).status_code == 200


def test_nobody_counts_beyond_their_reach(people, cases):
    assert statistics_page(people.stranger, ASKED).total.figures.total == 0


def test_the_workbook_says_the_same_and_names_no_customer(sign_in, people, cases):
    asked = {"first": "2026-01-01", "last": "2026-03-31"}
    answer = sign_in(people.supervisor).get(reverse("cases:statistics_export"), asked)

    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))
    words = book.get_sheet_by_index(0).to_python()
    assert any(30 in row for row in words)
    assert str(cases[0].customer) not in str(words)
