"""The dispatch desk on screen: ladder, board, whom to send, an engineer's day, signature."""

from contextlib import closing

import pytest
from django.urls import reverse
from tests.factories.cases import make_case
from tests.factories.orders import ENTERED, MORNING, assign, make_order, serve, sign, signature
from tests.factories.people import StaffFactory

from dakehu.cases.models import WorkOrder

HTMX = {"HX-Request": "true"}
DAY = {"day": "2026-03-03"}


@pytest.fixture
def case(people, customers, english):
    """A fault of the manager's customer, in the queue."""
    return make_case(people.hotline_agent, kind="FAULT", customer=customers.own, text="专线断了")


@pytest.fixture
def order(people, case):
    """A work order for the fault, waiting at the desk."""
    return make_order(people.hotline_agent, case=case)


@pytest.fixture
def sent(people, order):
    """The work order with which the engineer is sent."""
    return assign(order, people.engineer, people.dispatcher)


def address(name, thing):
    return reverse(f"cases:{name}", args=[thing.pk])


def text_of(response):
    return response.content.decode()


def typed(**changed):
    usual = {
        "subject": "更换光猫",
        "place": "滨海路 1 号",
        "day": "2099-03-03",
        "starts": "10:00",
        "ends": "11:30",
        "contact": "林先生",
    }
    return {**usual, **changed}


def test_a_case_is_raised_and_its_panel_asks_for_a_work_order(sign_in, people, case):
    client = sign_in(people.hotline_agent, HTTP_ACCEPT_LANGUAGE="en")
    asked = {"version": case.version, "rung": "ON_SITE", "record": "远程重启", "reason": "需换件"}

    client.post(address("raise", case), asked)
    panel = text_of(client.get(address("ladder_panel", case)))
    client.post(address("case_order", case), typed())

    order = WorkOrder.objects.get()
    assert "Raised to the rung on site: plan its work order." in panel
    assert "远程重启" in panel
    assert (order.case, order.place, order.state) == (case, "滨海路 1 号", "DRAFTED")
    assert order.number in text_of(client.get(address("ladder_panel", case)))


def test_a_visit_entered_afterwards_is_refused_at_its_field(sign_in, people, customers, english):
    client = sign_in(people.manager, HTTP_ACCEPT_LANGUAGE="en")
    begun = typed(day="2026-03-03", customer="01S00000101", purpose="FEE_TALK")

    refused = client.post(reverse("cases:order_new"), begun)
    kept = client.post(reverse("cases:order_new"), {**begun, "afterwards": "客户临时来访"})

    order = WorkOrder.objects.get()
    assert refused.status_code == 422
    assert "Enter it beforehand" in text_of(refused)
    assert kept["Location"] == address("order", order)
    assert "Entered afterwards" in text_of(client.get(address("order", order)))


def test_the_board_assigns_what_is_dropped_and_says_why_not(sign_in, people, case, order):
    client = sign_in(people.dispatcher, HTTP_ACCEPT_LANGUAGE="en")
    other = make_order(people.hotline_agent, case=case)
    url = f"{reverse('cases:board_drop')}?day=2026-03-03"

    def drop(what):
        dropped = {"order": what.pk, "version": what.version, "engineer": people.engineer.pk}
        return client.post(url, dropped, headers=HTMX)

    done, refused = drop(order), drop(other)

    assert done.status_code == 200
    assert text_of(done).lstrip().startswith('<div id="dispatch-board"')
    assert refused.status_code == 422
    assert f"冯刚 has {order.number} at that time" in text_of(refused)


def test_the_form_proposes_somebody_with_reasons_and_sends_them(sign_in, people, order):
    far = StaffFactory(role="ENGINEER", unit=people.units.city, name="远方")
    client = sign_in(people.dispatcher, HTTP_ACCEPT_LANGUAGE="en")

    shown = text_of(client.get(address("order_assign", order), headers=HTMX))
    answer = client.post(
        address("order_assign", order), {"version": order.version, "engineer": people.engineer.pk}
    )
    stale = client.post(
        address("order_assign", order), {"version": order.version, "engineer": far.pk}
    )

    order.refresh_from_db()
    assert "is the nearest" in shown
    assert "is farther from the place" in shown
    assert (answer.status_code, order.engineer) == (302, people.engineer)
    assert stale.status_code == 422
    assert "Somebody was quicker" in text_of(stale)


def test_an_engineer_goes_through_the_day_on_the_phone(sign_in, people, sent, home):
    client = sign_in(people.engineer, HTTP_ACCEPT_LANGUAGE="en")
    assert sent.subject in text_of(client.get(reverse("cases:my_day"), DAY))

    for act in ("order_accept", "order_set_out", "order_arrive"):
        client.post(address(act, sent))
    due = text_of(client.get(address("order", sent)))
    client.post(
        address("order_record", sent),
        {"version": fresh(sent).version, "text": "已更换", "result": "SOLVED"},
    )
    client.post(
        address("order_sign", sent),
        {"version": fresh(sent).version, "name": "林先生", "how": "DRAWN", "picture": signature()},
    )

    signed = fresh(sent)
    page = text_of(client.get(address("order", sent)))
    assert "The service record is due today." in due
    assert (signed.state, signed.signed_how) == ("SIGNED", "DRAWN")
    assert reverse("files:attachment_download", args=[signed.signature_id]) in page
    paper = text_of(client.get(address("order_paper", sent)))
    assert "林先生" in paper
    assert "data-print" in paper


def fresh(order):
    return WorkOrder.objects.get(pk=order.pk)


def test_a_record_not_written_on_the_day_is_shown_as_late(sign_in, people, sent):
    from dakehu.cases import operations

    how = {"order": sent, "version": None, "by": people.engineer, "at": MORNING}
    operations.accept_order(**how)
    operations.arrive(**how)

    client = sign_in(people.engineer, HTTP_ACCEPT_LANGUAGE="en")
    assert "The service record is late" in text_of(client.get(address("order", sent)))
    assert "Service record late" in text_of(client.get(reverse("cases:my_day")))


def test_a_picture_that_is_too_large_is_refused_at_its_field(
    sign_in, people, sent, home, monkeypatch
):
    serve(sent, people.engineer)
    monkeypatch.setattr("dakehu.cases.operations.serving.MEGABYTE", 10)
    large = signature()

    refused = sign_in(people.engineer, HTTP_ACCEPT_LANGUAGE="en").post(
        address("order_sign", sent),
        {"version": fresh(sent).version, "name": "林先生", "how": "SHEET", "picture": large},
    )

    assert refused.status_code == 422
    assert "a signature may have 5 MB at most" in text_of(refused)
    assert fresh(sent).state == "DONE"


def test_the_list_shows_who_recorded_on_the_same_day(sign_in, people, sent, home):
    serve(sent, people.engineer)
    sign(sent, people.engineer)

    client = sign_in(people.supervisor, HTTP_ACCEPT_LANGUAGE="en")
    shown = text_of(client.get(reverse("cases:orders"), {"state": "SIGNED"}))

    with closing(client.get(reverse("cases:orders"), {"export": "xlsx"})) as workbook:
        content = b"".join(workbook.streaming_content)
    assert "On the same day" in shown
    assert content.startswith(b"PK")


def test_pages_ask_the_same_number_of_questions_whatever_they_show(
    sign_in, people, customers, case, sent, django_assert_max_num_queries
):
    client = sign_in(people.dispatcher, HTTP_ACCEPT_LANGUAGE="en")
    board, url = reverse("cases:board"), address("order_assign", sent)
    for _round in range(3):
        engineer = StaffFactory(role="ENGINEER", unit=people.units.next_district)
        engineer.skills.create(kind="SKILL", name="光缆", proficiency="GOOD")
        assign(make_order(people.manager, customer=customers.own), engineer, people.dispatcher)
        make_order(people.manager, case=case, at=ENTERED)

    with django_assert_max_num_queries(30):
        client.get(board, DAY)
    with django_assert_max_num_queries(30):
        client.get(url)
    with django_assert_max_num_queries(24):
        client.get(address("ladder_panel", case))
    with django_assert_max_num_queries(24):
        client.get(address("order", sent))
