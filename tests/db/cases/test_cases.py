"""Cases from the first word to the end: who may, what changes, what is refused in words."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories.cases import AT, close, make_case, new_case, rows
from tests.factories.people import UnitFactory

from dakehu.cases import operations, queries
from dakehu.cases.errors import UnableToKeepCase
from dakehu.cases.models import Case
from dakehu.cases.values import Passing, Talk
from dakehu.worklist.models import Todo


@pytest.fixture
def case(people, customers, english):
    """A fault of the manager's customer, taken by the hotline, in the queue."""
    return make_case(people.hotline_agent, kind="FAULT", customer=customers.own, text="专线断了")


def fresh(case):
    return Case.objects.get(pk=case.pk)


def test_a_case_knows_who_took_it_whose_it_is_and_where_it_waits(people, case):
    assert (case.state, case.owner, case.first_taker) == ("NEW", None, people.hotline_agent)
    assert (case.manager, case.unit) == (people.manager, people.manager.unit)
    assert case.number == f"01-260302-{case.pk:05d}"
    assert case.subject == "专线断了"


def test_a_team_that_leads_the_service_gets_it(people, customers, english):
    network = UnitFactory(parent=people.units.city, name="网维中心")
    network.duties.create(service="C19", part="LEAD")

    made = make_case(people.hotline_agent, kind="FAULT", customer=customers.own)

    assert made.unit == network


def test_who_is_not_of_the_desk_cannot_open_one(people, customers):
    with pytest.raises(PermissionDenied):
        make_case(people.province_analyst, customer=customers.own)


def test_it_is_seen_by_first_taker_manager_and_team_and_by_no_stranger(people, customers, case):
    seen = lambda who: queries.cases_visible_to(who).filter(pk=case.pk).exists()  # noqa: E731

    assert seen(people.hotline_agent)
    assert seen(people.manager)
    assert seen(people.colleague)  # of the same team, while nobody works on it
    assert not seen(people.stranger)

    operations.take_case(case=case, version=1, by=people.manager, at=AT)
    assert not seen(people.colleague)


def test_two_cannot_take_the_same_case(people, case):
    operations.take_case(case=case, version=case.version, by=people.manager, at=AT)

    with pytest.raises(UnableToKeepCase, match="王芳"):
        operations.take_case(case=case, version=case.version, by=people.colleague, at=AT)
    with pytest.raises(UnableToKeepCase, match="王芳"):
        operations.take_case(case=case, version=None, by=people.colleague, at=AT)


def test_the_owner_is_asked_and_the_todo_goes_with_the_case(people, case):
    operations.take_case(case=case, version=None, by=people.manager, at=AT)
    to = Passing(people.colleague, reason="休假")
    operations.give_case(case=case, version=None, to=to, by=people.manager, at=AT)

    todo = Todo.objects.get(source="case")
    assert (todo.owner, todo.state) == (people.colleague, "OPEN")

    close(case, people.colleague)
    todo.refresh_from_db()
    assert todo.state == "DONE"


def test_a_case_is_given_to_people_who_handle_cases_only(people, case):
    operations.take_case(case=case, version=None, by=people.manager, at=AT)
    to = Passing(people.province_analyst)

    with pytest.raises(UnableToKeepCase, match="cannot be given"):
        operations.give_case(case=case, version=None, to=to, by=people.manager, at=AT)
    with pytest.raises(UnableToKeepCase, match="another team"):
        operations.give_case(case=case, version=None, to=Passing(), by=people.manager, at=AT)


def test_it_goes_into_the_queue_of_another_team(people, case):
    operations.take_case(case=case, version=None, by=people.supervisor, at=AT)
    to = Passing(unit=people.units.next_district)
    operations.give_case(case=case, version=None, to=to, by=people.supervisor, at=AT)

    stored = fresh(case)
    assert (stored.state, stored.owner, stored.unit) == ("NEW", None, people.units.next_district)
    assert Todo.objects.get(source="case").state == "DONE"


def test_a_todo_passed_on_takes_the_case_along(people, case, django_capture_on_commit_callbacks):
    from dakehu.worklist.operations import hand_over

    operations.take_case(case=case, version=None, by=people.manager, at=AT)
    with django_capture_on_commit_callbacks(execute=True):
        hand_over(
            todos=Todo.objects.filter(source="case"), owner=people.colleague,
            by=people.manager, at=AT,
        )  # fmt: skip

    assert fresh(case).owner == people.colleague


@pytest.mark.parametrize(
    ("before", "act", "words"),
    [
        ("NEW", "wait", "Take it first"),
        ("NEW", "go_on", "do not stand still"),
        ("WAITING", "wait", "stand still already"),
        ("TAKEN", "go_on", "do not stand still"),
        ("TAKEN", "reopen", "is open"),
        ("CLOSED", "take", "Open it again first"),
        ("CLOSED", "close", "Open it again first"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(people, case, before, act, words):
    manager = {"version": None, "by": people.manager, "at": AT}
    if before != "NEW":
        operations.take_case(case=case, **manager)
    if before == "WAITING":
        operations.wait_for_customer(case=case, reason="等客户回执", **manager)
    if before == "CLOSED":
        close(case, people.manager)
    acts = {
        "take": operations.take_case,
        "go_on": operations.go_on,
        "wait": lambda **how: operations.wait_for_customer(reason="再等", **how),
        "reopen": lambda **how: operations.reopen_case(reason="又断了", **how),
        "close": lambda **how: close(how["case"], how["by"]),
    }

    with pytest.raises(UnableToKeepCase, match=words):
        acts[act](case=case, **manager)


def test_somebody_elses_case_is_not_closed_but_by_the_first_taker_of_a_complaint(
    people, customers, case
):
    operations.take_case(case=case, version=None, by=people.manager, at=AT)
    with pytest.raises(PermissionDenied):
        close(case, people.hotline_agent)

    complaint = make_case(people.hotline_agent, kind="COMPLAINT", customer=customers.own)
    operations.take_case(case=complaint, version=None, by=people.manager, at=AT)
    close(complaint, people.hotline_agent)

    assert fresh(complaint).closed_by == people.hotline_agent


def test_an_answer_is_an_act_and_nothing_else(people, case):
    operations.take_case(case=case, version=None, by=people.manager, at=AT)
    operations.note_on(case=case, text="已派人", by=people.manager, at=AT)
    assert fresh(case).answered_at is None

    later = AT + timedelta(hours=1)
    talk = Talk("CALL", "两小时内修复")
    operations.talk_to_customer(case=case, talk=talk, by=people.manager, at=later)
    operations.talk_to_customer(
        case=case, talk=talk, by=people.manager, at=later + timedelta(hours=1)
    )

    assert fresh(case).answered_at == later
    with pytest.raises(UnableToKeepCase, match="what was said"):
        operations.talk_to_customer(case=case, talk=Talk("CALL", " "), by=people.manager, at=AT)


def test_what_is_solved_on_the_spot_is_closed_with_what_was_told(people, customers, english):
    made = make_case(
        people.hotline_agent, customer=customers.own, answer="明天生效", is_solved=True
    )

    stored = fresh(made)
    assert (stored.state, stored.result, stored.answer) == ("CLOSED", "SOLVED", "明天生效")
    assert stored.owner == people.hotline_agent


@pytest.mark.parametrize("count", [0, 1, 29])
def test_a_short_list_takes_no_green_channel(people, customers, english, count):
    with pytest.raises(UnableToKeepCase, match=f"{count} row"):
        make_case(people.hotline_agent, kind="BATCH", customer=customers.own, lines=rows(count))


def test_a_batch_of_thirty_is_kept_row_by_row(people, customers, english):
    made = make_case(people.hotline_agent, kind="BATCH", customer=customers.own, lines=rows(30))

    assert made.rows.count() == 30
    operations.take_case(case=made, version=None, by=people.manager, at=AT)
    with pytest.raises(UnableToKeepCase, match="Rows of the list"):
        close(made, people.manager)


def test_a_case_opened_again_goes_to_its_owner_and_counts_it(people, case):
    operations.take_case(case=case, version=None, by=people.manager, at=AT)
    close(case, people.manager)
    assert fresh(case).visit == "DUE"

    operations.reopen_case(case=case, version=None, reason="又断了", by=people.manager, at=AT)

    stored = fresh(case)
    assert (stored.state, stored.owner, stored.reopened) == ("TAKEN", people.manager, 1)
    assert (stored.result, stored.closed_at, stored.visit) == ("", None, "")
    assert Todo.objects.get(source="case").state == "OPEN"


def test_likely_the_same_is_found_for_the_caller_before_it_is_opened_twice(
    people, customers, case
):
    from dakehu.cases.values import Matter

    new = Matter("FAULT", "专线又断了", True, AT)

    assert queries.likely_same(people.hotline_agent, new, customer=customers.own) == [case]
    assert queries.likely_same(people.hotline_agent, new, customer=customers.group) == []


def test_an_unknown_caller_is_known_by_the_number(people, english):
    made = make_case(people.hotline_agent, caller_phone="13900001234")

    found = queries.cases_of(people.hotline_agent, phone="13900001234")
    assert list(found) == [made]
    assert (made.customer, made.city_code, made.unit) == (None, "01", people.hotline_agent.unit)


def test_a_customer_that_changes_hands_shows_its_cases_to_the_new_manager(people, customers, case):
    from dakehu.ownership.events import CustomersMoved
    from dakehu.ownership.values import Passage

    line = Passage(customers.own.pk, people.manager.pk, people.stranger.pk)
    operations.follow_customers(CustomersMoved(1, (line,), people.supervisor, AT))

    assert queries.get_case(people.stranger, case.pk) == case


def test_the_next_one_is_the_most_urgent_that_nobody_has(people, customers, english):
    make_case(people.hotline_agent, customer=customers.own)
    urgent = make_case(people.hotline_agent, kind="FAULT", customer=customers.own)

    first, second, waiting = queries.next_waiting(people.manager)

    assert (first, waiting) == (urgent, 2)
    assert "priority" in queries.why_next(first, second)


def test_a_number_is_found_by_those_who_may_see_the_case(people, case):
    assert queries.case_numbered(people.manager, case.number) == case
    assert queries.case_numbered(people.stranger, case.number) is None
    assert queries.case_numbered(people.manager, case.number.replace("01-", "02-", 1)) is None


def test_a_new_case_without_words_of_its_own_is_called_by_its_first_sentence():
    assert new_case().subject == ""


def test_those_of_the_customer_see_it_wherever_it_is_worked_on(people, customers, english):
    centre = UnitFactory(parent=people.units.province, name="省网络维护中心")
    centre.duties.create(service="C19", part="LEAD")
    case = make_case(people.hotline_agent, kind="FAULT", customer=customers.own)

    assert case.unit == centre
    seen = {
        who: queries.cases_visible_to(getattr(people, who)).filter(pk=case.pk).exists()
        for who in ("manager", "supervisor", "colleague", "stranger")
    }
    assert seen == {"manager": True, "supervisor": True, "colleague": False, "stranger": False}
