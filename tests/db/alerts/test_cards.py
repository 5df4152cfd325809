"""One card for all warnings of a customer, limits, quiet hours, and what is kept (P7)."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories.alerts import DAY, AlertFactory
from tests.factories.customers import CustomerFactory
from tests.factories.tiering import StandingFactory

from dakehu.alerts import jobs, operations, queries
from dakehu.alerts.choices import AlertState, Outcome
from dakehu.alerts.errors import UnableToHandleAlert, UnableToSetAsking
from dakehu.alerts.models import Alert, AskingRule
from dakehu.alerts.operations import Contact, ask_owners
from dakehu.alerts.rules.ranking import Card, QuietHours, rank_of
from dakehu.common.events import announce
from dakehu.worklist.choices import TodoState, Urgency
from dakehu.worklist.events import TodosLookedAt
from dakehu.worklist.models import Todo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
KEPT = Contact(Outcome.KEPT, contacted=True)


@pytest.fixture
def card(customers, at):
    """Three warnings of one customer on one card; the leaving one speaks for it."""
    alerts = [
        AlertFactory(customer=customers.own, rule=rule, a=60, b=50)
        for rule in ("W04", "W10", "W09")
    ]
    ask_owners(at=at)
    return [Alert.objects.get(pk=alert.pk) for alert in alerts]


def open_todos():
    return list(Todo.objects.filter(state=TodoState.OPEN))


def test_one_todo_asks_for_all_warnings_of_a_customer(card):
    todo = Todo.objects.get()

    assert todo.source_id == card[0].pk
    assert todo.facts == {"rule": "W10", "a": 60, "b": 50, "also": "W04,W09"}
    assert (todo.urgency, todo.due_date) == (Urgency.URGENT, DAY + timedelta(days=1))
    words = queries.alert_words(todo.facts)
    assert words == "Leaving score 60 of 100; also: Daily voice falling, No call yesterday"


def test_a_warning_that_comes_later_joins_the_card(card, customers, at):
    AlertFactory(customer=customers.own, rule="W02")

    ask_owners(at=at)

    assert Todo.objects.get().facts["also"] == "W02,W04,W09"


def test_the_card_stays_while_one_of_its_warnings_holds(card, at):
    Alert.objects.filter(pk=card[0].pk).update(cleared_day=date(2026, 3, 2))

    ask_owners(at=at)

    (todo,) = open_todos()
    assert todo.source_id == card[1].pk
    assert todo.facts["also"] == "W09"


def test_settling_all_ends_the_card(card, people, at):
    done = operations.handle_card(
        alerts=[(alert, alert.version) for alert in card], contact=KEPT, by=people.manager, at=at
    )

    assert (done, open_todos()) == (3, [])
    assert set(Alert.objects.values_list("state", flat=True)) == {AlertState.HANDLED}


def test_settling_one_leaves_the_others_on_the_card(card, people, at):
    operations.handle_card(alerts=[(card[1], 1)], contact=KEPT, by=people.manager, at=at)

    (todo,) = open_todos()
    assert (todo.facts["rule"], todo.facts["also"]) == ("W04", "W09") or (
        todo.facts["rule"],
        todo.facts["also"],
    ) == ("W09", "W04")


def test_settling_the_one_that_began_the_card_opens_one_for_the_others(card, people, at):
    operations.handle_card(alerts=[(card[0], 1)], contact=KEPT, by=people.manager, at=at)

    (todo,) = open_todos()
    assert todo.source_id == card[1].pk
    assert Todo.objects.get(source_id=card[0].pk).state == TodoState.DONE


def test_putting_off_one_gives_it_a_todo_of_its_own(card, people, at):
    later = Contact(Outcome.CALL_AGAIN, follow_up_date=date(2026, 3, 9))

    operations.handle_card(alerts=[(card[2], 1)], contact=later, by=people.manager, at=at)

    found = {todo.source_id: todo for todo in open_todos()}
    assert found[card[2].pk].due_date == date(2026, 3, 9)
    assert found[card[0].pk].facts["also"] == "W04"
    ask_owners(at=at)
    assert len(open_todos()) == 2


def test_all_or_none_are_settled_when_somebody_was_quicker(card, people, at):
    Alert.objects.filter(pk=card[2].pk).update(version=7)

    with pytest.raises(UnableToHandleAlert):
        operations.handle_card(
            alerts=[(alert, 1) for alert in card], contact=KEPT, by=people.manager, at=at
        )

    assert Alert.objects.filter(state=AlertState.NEW).count() == 3
    assert len(open_todos()) == 1


def test_a_card_is_handed_out_as_a_whole(card, people, supervisor, colleague, at):
    operations.assign_alerts(
        alerts=Alert.objects.filter(pk=card[2].pk), owner=colleague, by=supervisor, at=at
    )

    assert set(Alert.objects.values_list("owner", flat=True)) == {colleague.pk}
    assert Todo.objects.get().owner == colleague
    ask_owners(at=at)
    assert len(open_todos()) == 1


def test_without_merging_every_warning_asks_by_itself(customers, people, at):
    set_rule(people, at, merges=False)
    for rule in ("W04", "W10"):
        AlertFactory(customer=customers.own, rule=rule)

    ask_owners(at=at)

    assert len(open_todos()) == 2


def set_rule(people, at, **values):
    known = AskingRule.objects.first()
    operations.set_asking(
        rule=AskingRule(**values),
        version=known.version if known else 0,
        by=people.administrator,
        at=at,
    )


@pytest.fixture
def busy(people, at):
    """Four customers of one manager, their cards ranked in this order."""
    cards = []
    for rule, level in (("W10", 1), ("W04", 4), ("W04", 2), ("W01", 4)):
        customer = CustomerFactory(manager=people.manager)
        StandingFactory(customer=customer, rank=level)
        cards.append(AlertFactory(customer=customer, rule=rule, a=60, b=50))
    return [card.pk for card in cards]


def numbers(state):
    return list(
        Todo.objects.filter(state=state).order_by("pk").values_list("source_id", flat=True)
    )


def test_beyond_a_persons_limit_cards_are_ranked_and_kept(busy, people, at):
    set_rule(people, at, most_cards=2)

    ask_owners(at=at)
    ask_owners(at=at)

    assert numbers(TodoState.OPEN) == busy[:2]
    assert [todo.source_id for todo in queries.held_cards(people.manager)] == busy[2:]


def test_what_is_settled_makes_room_at_the_next_night(busy, people, at):
    set_rule(people, at, most_cards=2)
    ask_owners(at=at)
    alert = Alert.objects.get(pk=busy[0])
    operations.handle_card(alerts=[(alert, 1)], contact=KEPT, by=people.manager, at=at)

    ask_owners(at=at)

    assert numbers(TodoState.OPEN) == busy[1:3]


def test_a_person_takes_the_next_cards_before_the_night(busy, people, at):
    set_rule(people, at, most_cards=2)
    ask_owners(at=at)

    assert operations.take_more(count=1, by=people.manager, at=at) == 1

    assert numbers(TodoState.HELD) == busy[3:]


def test_without_a_limit_everything_kept_is_opened(busy, people, at):
    set_rule(people, at, most_cards=1)
    ask_owners(at=at)

    set_rule(people, at)

    assert numbers(TodoState.HELD) == []


def test_what_is_put_off_is_never_kept(busy, people, at):
    ask_owners(at=at)
    later = Contact(Outcome.CALL_AGAIN, follow_up_date=date(2026, 3, 9))
    alert = Alert.objects.get(pk=busy[3])
    operations.handle_card(alerts=[(alert, 1)], contact=later, by=people.manager, at=at)

    set_rule(people, at, most_cards=1)

    assert set(numbers(TodoState.OPEN)) == {busy[0], busy[3]}


def test_in_quiet_hours_only_what_is_urgent_comes(busy, people):
    night = datetime(2026, 3, 1, 19, 0, tzinfo=UTC)  # three in the morning of the province
    set_rule(people, night, quiet_from=time(21), quiet_to=time(8))

    ask_owners(at=night)
    assert numbers(TodoState.OPEN) == busy[:1]

    operations.arrange_cards(at=night + timedelta(hours=6))
    assert numbers(TodoState.HELD) == []


NIGHT = datetime(2026, 3, 1, 19, 0, tzinfo=UTC)
"""Three in the morning of the province."""


@pytest.fixture
def kept(customers, people):
    """Two warnings of one customer on a card that came in quiet hours."""
    set_rule(people, NIGHT, quiet_from=time(21), quiet_to=time(8))
    for rule in ("W04", "W09"):
        AlertFactory(customer=customers.own, rule=rule, a=60, b=50)
    ask_owners(at=NIGHT)
    assert len(numbers(TodoState.HELD)) == 1


@pytest.mark.parametrize(
    "first",
    [
        pytest.param(lambda at: announce(TodosLookedAt(at)), id="a person who looks"),
        pytest.param(jobs.arrange_cards, id="a worker"),
        pytest.param(lambda at: ask_owners(at=at), id="the night of another time"),
    ],
)
@pytest.mark.usefixtures("kept")
def test_whoever_comes_first_after_quiet_hours_opens_what_they_kept(first):
    first(NIGHT + timedelta(hours=1))
    assert numbers(TodoState.OPEN) == []

    first(NIGHT + timedelta(hours=6))
    first(NIGHT + timedelta(hours=6))

    assert (len(numbers(TodoState.OPEN)), numbers(TodoState.HELD)) == (1, [])
    assert Todo.objects.get().facts["also"] == "W09"


@pytest.mark.usefixtures("kept")
def test_what_nobody_opened_by_day_is_opened_by_the_next_night(customers):
    AlertFactory(customer=customers.colleagues, rule="W04")

    ask_owners(at=NIGHT + timedelta(days=1))

    opened, held = (Todo.objects.get(state=state) for state in (TodoState.OPEN, TodoState.HELD))
    assert (opened.customer, held.customer) == (customers.own, customers.colleagues)


def test_after_quiet_hours_the_limit_is_filled_once_a_day(busy, people):
    set_rule(people, NIGHT, quiet_from=time(21), quiet_to=time(8), most_cards=1)
    ask_owners(at=NIGHT)
    morning = NIGHT + timedelta(hours=6)
    jobs.arrange_cards(morning)
    alert = Alert.objects.get(pk=busy[0])
    operations.handle_card(alerts=[(alert, 1)], contact=KEPT, by=people.manager, at=morning)

    jobs.arrange_cards(morning + timedelta(hours=1))

    assert (numbers(TodoState.OPEN), numbers(TodoState.HELD)) == ([], busy[1:])


def test_what_was_open_before_quiet_hours_stays_open(busy, people):
    evening = datetime(2026, 3, 1, 10, 0, tzinfo=UTC)
    ask_owners(at=evening)

    set_rule(people, evening + timedelta(hours=9), quiet_from=time(21), quiet_to=time(8))

    assert len(numbers(TodoState.OPEN)) == 4


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"quiet_from": time(21)}, "both ends"),
        ({"quiet_from": time(8), "quiet_to": time(8)}, "never end"),
    ],
)
def test_settings_that_make_no_sense_are_refused(people, at, values, words):
    with pytest.raises(UnableToSetAsking, match=words):
        set_rule(people, at, **values)


def test_two_people_who_set_at_once_set_once(people, at):
    set_rule(people, at, most_cards=3)

    with pytest.raises(UnableToSetAsking, match="meanwhile"):
        operations.set_asking(rule=AskingRule(), version=0, by=people.administrator, at=at)
    with pytest.raises(PermissionDenied):
        operations.set_asking(rule=AskingRule(), version=1, by=people.supervisor, at=at)


@pytest.mark.parametrize(
    ("begins", "ends", "hour", "begun"),
    [
        (21, 8, 22, 1),
        (21, 8, 3, 0),
        (21, 8, 8, None),
        (21, 8, 12, None),
        (12, 14, 13, 1),
        (12, 14, 14, None),
    ],
)
def test_quiet_hours_may_pass_midnight(begins, ends, hour, begun):
    quiet = QuietHours(time(begins), time(ends))
    moment = datetime(2026, 3, 2, hour, tzinfo=UTC)

    found = quiet.begun_at(moment)

    expected = None if begun is None else datetime(2026, 3, 1 + begun, begins, tzinfo=UTC)
    assert found == expected


def test_the_ranking_is_the_one_on_screen():
    soon, late = date(2026, 3, 2), date(2026, 3, 9)
    ranked = [
        Card(9, Urgency.URGENT, late, 0, 1),
        Card(8, Urgency.HIGH, soon, 0, 1),
        Card(7, Urgency.HIGH, late, 4, 1),
        Card(6, Urgency.HIGH, late, 2, 3),
        Card(4, Urgency.HIGH, late, 2, 1),
        Card(5, Urgency.HIGH, late, 2, 1),
        Card(3, Urgency.HIGH, None, 4, 9),
    ]

    assert sorted(reversed(ranked), key=rank_of) == ranked
