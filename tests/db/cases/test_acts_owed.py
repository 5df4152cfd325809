"""A demonstration or training that was given counts for what is owed to the customer (C7, C12)."""

import pytest
from tests.factories.cases import AT, close, make_case
from tests.factories.orders import assign, make_order, serve, sign

from dakehu.cases import operations
from dakehu.obligations.models import Act

pytestmark = pytest.mark.django_db


def acts(customer):
    found = Act.objects.filter(customer=customer, withdrawn_at__isnull=True)
    return sorted(found.values_list("service", "evidence"))


@pytest.mark.parametrize(
    ("kind", "result", "counted"),
    [
        ("DEMONSTRATION", "SOLVED", [("C7", "case")]),
        ("TRAINING", "PARTLY", [("C12", "case")]),
        ("TRAINING", "WITHDRAWN", []),
        ("DEMONSTRATION", "IMPOSSIBLE", []),
        ("CONSULTATION", "SOLVED", []),
    ],
)
def test_a_case_counts_if_it_was_given(people, customers, kind, result, counted):
    case = make_case(people.hotline_agent, kind=kind, customer=customers.group)
    operations.take_case(case=case, version=None, by=people.hotline_agent, at=AT)

    close(case, people.hotline_agent, result=result)

    assert acts(customers.group) == counted


def test_a_case_that_is_open_again_counts_no_more(people, customers):
    by = people.hotline_agent
    case = make_case(by, kind="TRAINING", customer=customers.group)
    operations.take_case(case=case, version=None, by=by, at=AT)
    close(case, by)

    operations.reopen_case(case=case, version=None, reason="客户要求补讲", by=by, at=AT)
    assert acts(customers.group) == []
    close(case, by)
    assert acts(customers.group) == [("C12", "case")]


def test_a_signed_order_of_the_case_counts_instead(people, customers):
    by = people.hotline_agent
    case = make_case(by, kind="DEMONSTRATION", customer=customers.own)
    operations.take_case(case=case, version=None, by=by, at=AT)
    order = assign(make_order(by, case=case), people.engineer, people.dispatcher)
    sign(serve(order, people.engineer), people.engineer)

    close(case, by)

    assert acts(customers.own) == [("C7", "cases.workorder")]
