"""The timeline of a customer tells also what people wrote into the file."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from tests.factories.archive import GiftFactory, MarketNoteFactory, OpinionFactory

from dakehu.customers import operations
from dakehu.customers.choices import DetailKind


def read(client, customer, **query):
    url = reverse("desk:customer_timeline", args=[customer.pk])
    return client.get(url, query).content.decode()


@pytest.fixture
def file(customers, manager, at):
    """An opinion, a gift, a note and a person entered, of the manager's customer."""
    OpinionFactory(customer=customers.own, text="希望拆分账单", satisfaction=2, staff=manager)
    GiftFactory(customer=customers.own, what="纪念钢笔", on=date(2026, 2, 10), staff=manager)
    MarketNoteFactory(customer=customers.own, competitor="友商乙", staff=manager)
    person = operations.unsaved(DetailKind.CONTACT, role="LEADER", name="宋立军")
    operations.add_detail(customer=customers.own, detail=person, by=manager, at=at)
    return customers.own


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("opinion", ("希望拆分账单", "不满意", "2026-02-20 10:00")),
        ("gift", ("纪念钢笔", "2026-02-10")),
        ("note", ("友商乙", "专线报价低两成")),
        ("change", ("宋立军", "王芳")),
    ],
)
def test_what_was_written_down_stands_in_the_line(sign_in, manager, file, kind, said):
    client = sign_in(manager)

    whole, alone = read(client, file), read(client, file, kind=kind)

    for word in said:
        assert word in whole
        assert word in alone


def test_an_opinion_is_not_told_again_as_a_change(sign_in, manager, customers, at):
    opinion = operations.unsaved(DetailKind.OPINION, source="CALL", text="账单清楚", at=at)
    operations.add_detail(customer=customers.own, detail=opinion, by=manager, at=at)

    assert "账单清楚" not in read(sign_in(manager), customers.own, kind="change")


def test_pages_go_on_where_the_last_one_ended(sign_in, manager, customers):
    start = datetime(2026, 2, 1, tzinfo=UTC)
    for number in range(25):
        OpinionFactory(
            customer=customers.own, text=f"第{number:02d}条", at=start + timedelta(hours=number)
        )
    client = sign_in(manager)

    first = read(client, customers.own, kind="opinion")
    following = first.partition("after=")[2].partition('"')[0].replace("&amp;", "&")
    second = client.get(
        reverse("desk:customer_timeline", args=[customers.own.pk]) + f"?after={following}"
    ).content.decode()

    told = [f"第{number:02d}条" for number in range(25)]
    assert [word in first for word in told] == [False] * 5 + [True] * 20
    assert [word in second for word in told] == [True] * 5 + [False] * 20


def test_the_line_takes_a_constant_number_of_queries(
    sign_in, manager, file, django_assert_num_queries, django_assert_max_num_queries
):
    client = sign_in(manager)
    with django_assert_max_num_queries(24) as few:
        read(client, file)
    for factory in (OpinionFactory, GiftFactory, MarketNoteFactory):
        factory.create_batch(5, customer=file)

    with django_assert_num_queries(len(few.captured_queries)):
        read(client, file)
