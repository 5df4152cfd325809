"""Alerts follow the signals of data days (W1 to W12)."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories.alerts import AlertFactory
from tests.factories.customers import CustomerFactory

from dakehu.alerts.choices import AlertState
from dakehu.alerts.models import Alert
from dakehu.alerts.operations import SignalDay, follow_signals

pytestmark = pytest.mark.django_db

FIRST = date(2026, 3, 1)
BOTH = frozenset({"01", "02"})


def day(number: int) -> date:
    return FIRST + timedelta(days=number - 1)


def signal_day(number: int, *rows, delivered=BOTH) -> SignalDay:
    """Return a day on which (number, rule, a) fired."""
    told = sorted((sub, rule, a, 1, {}) for sub, rule, a in rows)
    return SignalDay(day=day(number), delivered=delivered, rows=lambda: iter(told))


def follow(*days, **options):
    """Follow days one night after the other."""
    for one in days:
        totals = follow_signals(days=[one], **options)
    return totals


def drawn() -> list[tuple]:
    """Write the alerts with signals behind them: number, rule, first, last, cleared, evidence."""
    found = Alert.objects.exclude(state=AlertState.WITHDRAWN).filter(is_unsupported=False)
    return [
        (
            alert.customer.number,
            alert.rule,
            (alert.opened_day - FIRST).days + 1,
            (alert.last_day - FIRST).days + 1,
            alert.cleared_day and (alert.cleared_day - FIRST).days + 1,
            alert.a,
        )
        for alert in found.order_by("customer__number", "rule", "opened_day").select_related(
            "customer"
        )
    ]


@pytest.fixture
def own(customers):
    return customers.own.number


def test_a_signal_opens_an_alert_for_the_manager_of_the_customer(customers, people):
    follow(signal_day(1, (customers.own.number, "W04", 600)))

    alert = Alert.objects.get()
    assert (alert.customer, alert.owner, alert.unit) == (
        customers.own,
        people.manager,
        people.units.district,
    )
    assert (alert.state, alert.city_code, alert.version) == (AlertState.NEW, "01", 1)


def test_a_customer_without_manager_goes_to_the_telephone_manager(customers, people):
    follow(signal_day(1, (customers.unowned.number, "W04", 600)))

    assert Alert.objects.get().owner == people.telephone_manager


def test_without_telephone_manager_the_dispatcher_gets_it(customers, people):
    people.telephone_manager.is_active = False
    people.telephone_manager.save()

    follow(signal_day(1, (customers.unowned.number, "W04", 600)))

    assert Alert.objects.get().owner == people.dispatcher


def test_an_alert_is_updated_while_its_signal_goes_on(own):
    follow(signal_day(1, (own, "W04", 600)), signal_day(2, (own, "W04", 500)))

    assert drawn() == [(own, "W04", 1, 2, None, 500)]


def test_an_alert_clears_and_a_later_signal_starts_a_new_one(own):
    follow(
        signal_day(1, (own, "W04", 600)),
        signal_day(2),
        signal_day(3, (own, "W04", 400)),
    )

    assert drawn() == [(own, "W04", 1, 1, 2, 600), (own, "W04", 3, 3, None, 400)]


def test_a_late_city_leaves_its_alerts_open_and_unchanged(own):
    follow(
        signal_day(1, (own, "W04", 600)),
        signal_day(2, delivered=frozenset({"02"})),
    )

    assert drawn() == [(own, "W04", 1, 1, None, 600)]


def test_following_a_day_again_changes_nothing(own):
    one, two = signal_day(1, (own, "W04", 600)), signal_day(2, (own, "W01", 3))
    follow(one, two)
    before = list(Alert.objects.order_by("pk").values())

    totals = follow(two)

    assert list(Alert.objects.order_by("pk").values()) == before
    assert (totals.opened, totals.updated, totals.closed, totals.withdrawn) == (0, 0, 0, 0)


def test_without_days_there_is_nothing_to_follow(customers):
    assert follow_signals(days=[]).opened == 0


def test_the_totals_count_what_happened(customers, own):
    other = customers.colleagues.number
    follow(signal_day(1, (own, "W04", 600), (other, "W01", 3)))

    totals = follow(signal_day(2, (own, "W04", 500), (own, "W01", 4)))

    assert (totals.opened, totals.updated, totals.closed, totals.withdrawn) == (1, 1, 1, 0)


def test_parts_of_a_score_are_kept_with_the_alert(own):
    parts = {"voice_fall": 30, "contract": 10}
    rows = [(own, "W10", 65, 50, parts)]

    follow_signals(days=[SignalDay(day(1), BOTH, lambda: rows, numbers_version=3)])

    alert = Alert.objects.get()
    assert (alert.parts, alert.numbers_version) == (parts, 3)


def test_subscribers_whom_the_records_do_not_know_are_left_out(customers):
    follow(signal_day(1, ("99S1", "W04", 600)))

    assert not Alert.objects.exists()


def test_a_replay_of_one_city_leaves_the_others_alone(customers, own):
    theirs = customers.strangers.number
    follow(signal_day(1, (own, "W04", 600), (theirs, "W04", 700)))

    follow_signals(days=[signal_day(1)], cities=frozenset({"02"}))

    assert drawn() == [(own, "W04", 1, 1, None, 600)]


def test_an_alert_that_nobody_touched_is_withdrawn_with_its_signal(own):
    follow(signal_day(1, (own, "W04", 600)))

    totals = follow(signal_day(1))

    assert Alert.objects.get().state == AlertState.WITHDRAWN
    assert totals.withdrawn == 1


def test_a_withdrawn_alert_comes_back_with_its_signal(own):
    follow(signal_day(1, (own, "W04", 600)), signal_day(1))

    follow(signal_day(1, (own, "W04", 550)))

    assert drawn() == [(own, "W04", 1, 1, None, 550)]
    assert Alert.objects.get().state == AlertState.NEW


@pytest.mark.parametrize("state", [AlertState.HANDLED, AlertState.FOLLOW_UP])
def test_an_alert_that_people_acted_on_is_never_taken_away(own, state):
    follow(signal_day(1, (own, "W04", 600)))
    Alert.objects.update(state=state, version=2)

    follow(signal_day(1))

    alert = Alert.objects.get()
    assert (alert.state, alert.is_unsupported, alert.cleared_day) == (state, True, day(1))


def test_a_handled_alert_moves_with_its_episode_instead_of_being_raised_twice(own):
    follow(signal_day(1), signal_day(2, (own, "W04", 600)))
    Alert.objects.update(state=AlertState.HANDLED, version=2)

    follow_signals(days=[signal_day(1, (own, "W04", 650)), signal_day(2, (own, "W04", 600))])

    assert drawn() == [(own, "W04", 1, 2, None, 600)]
    assert Alert.objects.get().state == AlertState.HANDLED


def test_first_days_that_move_onto_each_other_never_clash(own):
    fired = (own, "W04", 600)
    first = [signal_day(1), signal_day(2, fired), signal_day(3), signal_day(4, fired)]
    follow_signals(days=first)

    follow_signals(
        days=[signal_day(1, fired), signal_day(2), signal_day(3, fired), signal_day(4, fired)]
    )

    assert drawn() == [(own, "W04", 1, 1, 2, 600), (own, "W04", 3, 4, None, 600)]


def test_an_episode_set_back_takes_its_evidence_from_older_days(own):
    days = [signal_day(1, (own, "W04", 600)), signal_day(2, (own, "W04", 500))]
    follow(*days)

    follow_signals(days=[signal_day(2)], earlier=[days[0]])

    assert drawn() == [(own, "W04", 1, 1, 2, 600)]


def test_without_older_days_an_episode_set_back_keeps_its_evidence(own):
    follow(signal_day(1, (own, "W04", 600)), signal_day(2, (own, "W04", 500)))

    follow_signals(days=[signal_day(2)])

    assert drawn() == [(own, "W04", 1, 1, 2, 500)]


def test_following_costs_a_constant_number_of_statements(people, django_assert_max_num_queries):
    rows = [(CustomerFactory(manager=people.manager).number, "W04", place) for place in range(60)]

    with django_assert_max_num_queries(10):
        follow(signal_day(1, *rows))

    assert Alert.objects.count() == 60


def test_an_alert_of_a_customer_without_any_signal_clears(customers):
    alert = AlertFactory(customer=customers.own, opened_day=day(1))

    follow(signal_day(2))

    alert.refresh_from_db()
    assert alert.cleared_day == day(2)


DAYS = 5
told = st.fixed_dictionaries(
    {
        (city, number): st.lists(
            st.tuples(st.sampled_from("AB"), st.sampled_from(["W01", "W04"]), st.integers(1, 3)),
            max_size=3,
            unique_by=lambda row: row[:2],
        )
        for city in ("01", "02")
        for number in range(1, DAYS + 1)
    }
)
CITY_DAYS = [(number, city) for number in range(1, DAYS + 1) for city in ("01", "02")]
resent = st.lists(st.sampled_from(CITY_DAYS), max_size=4)


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(told=told, stale=told, resent=resent, order=st.permutations(CITY_DAYS))
def test_any_order_of_late_and_resent_days_ends_in_the_same_alerts(
    people, told, stale, resent, order
):
    """Late and re-sent days, once all have arrived, leave what the final days alone give."""
    Alert.objects.all().delete()
    for city, unit in (("01", people.units.district), ("02", people.units.other_district)):
        for name in "AB":
            CustomerFactory._meta.model.objects.get_or_create(
                kind="INDIVIDUAL",
                number=f"{city}{name}",
                defaults={"unit": unit, "city_code": city, "source_day": FIRST},
            )
    known: dict[tuple[str, int], list] = {}

    def as_known(number: int) -> SignalDay:
        rows = [
            (f"{city}{name}", rule, a)
            for city in ("01", "02")
            for name, rule, a in known.get((city, number), [])
        ]
        delivered = frozenset(city for city in ("01", "02") if (city, number) in known)
        return signal_day(number, *rows, delivered=delivered)

    def arrive(number: int, city: str, content: dict) -> None:
        known[city, number] = content[city, number]
        follow_signals(
            days=[as_known(later) for later in range(number, DAYS + 1)],
            cities=frozenset({city}),
            earlier=(as_known(older) for older in range(number - 1, 0, -1)),
        )

    for number, city in resent:
        arrive(number, city, stale)
    for number, city in order:
        arrive(number, city, told)
    by_arrivals = drawn()
    Alert.objects.all().delete()
    for number in range(1, DAYS + 1):
        follow(as_known(number))

    assert by_arrivals == drawn()
