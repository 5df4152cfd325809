"""Versions of the numbers: four eyes, days that are judged already, the way back (promise 2)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from tests.factories.alerts import AT, AlertFactory
from tests.factories.numbers import draft, propose, publish

from dakehu.alerts import operations, queries
from dakehu.alerts.choices import SetState
from dakehu.alerts.errors import UnableToSetNumbers
from dakehu.alerts.models import NumberSet
from dakehu.alerts.queries.night import warnings_program
from dakehu.alerts.queries.numbers import NAMES, number_groups
from dakehu.alerts.queries.versions import KNOWN, Books
from dakehu.alerts.values import NumberBook, Override, Place, WarningNumbers
from dakehu.audit.errors import EditedMeanwhile

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

TODAY = date(2026, 3, 2)
STRICT = NumberBook(
    WarningNumbers(hotline_calls=2), (Override(Place("02", 4), {"hotline_calls": 1}),)
)


def test_a_version_goes_from_draft_over_four_eyes_into_force_and_is_replaced(people):
    made = operations.draft_numbers(based_on=1, reason="试", by=people.operations_center, at=AT)
    operations.save_numbers(
        draft=made, book=STRICT, reason="更严", version=1, by=people.operations_center, at=AT
    )
    operations.propose_numbers(draft=made, active_from=TODAY, by=people.operations_center, at=AT)
    made.refresh_from_db()
    assert queries.state_of(made, on=TODAY) == SetState.PROPOSED
    assert queries.book_on(TODAY) == NumberBook()

    operations.publish_numbers(proposed=made, version=made.version, by=people.administrator, at=AT)

    made.refresh_from_db()
    assert queries.state_of(made, on=TODAY) == SetState.IN_FORCE
    assert queries.book_on(TODAY) == replace(STRICT, province=replace(STRICT.province, version=2))
    assert queries.book_on(TODAY - timedelta(days=1)) == NumberBook()
    publish(NumberBook(), people, active_from=TODAY + timedelta(days=5))
    assert queries.state_of(made, on=TODAY + timedelta(days=5)) == SetState.PAST


def test_nobody_publishes_what_they_proposed(people):
    kept = propose(STRICT, people, active_from=TODAY)

    with pytest.raises(UnableToSetNumbers, match="Somebody else"):
        operations.publish_numbers(proposed=kept, version=1, by=people.operations_center, at=AT)

    kept.published_by, kept.published_at = people.operations_center, AT
    with pytest.raises(IntegrityError), transaction.atomic():
        kept.save()


def test_two_people_who_publish_at_once_publish_once(people):
    kept = propose(STRICT, people, active_from=TODAY)
    operations.publish_numbers(proposed=kept, version=1, by=people.administrator, at=AT)

    with pytest.raises(UnableToSetNumbers, match="meanwhile"):
        operations.publish_numbers(proposed=kept, version=1, by=people.administrator, at=AT)


@pytest.mark.parametrize("active_from", [TODAY - timedelta(days=1), TODAY])
def test_numbers_never_hold_for_a_day_that_a_night_has_judged(people, customers, active_from):
    AlertFactory(customer=customers.own, opened_day=TODAY)

    with pytest.raises(UnableToSetNumbers):
        operations.propose_numbers(
            draft=draft(STRICT, people), active_from=active_from, by=people.administrator, at=AT
        )


def test_what_others_reported_today_judges_no_day(people, customers):
    AlertFactory(customer=customers.own, rule="W14", opened_day=TODAY)
    AlertFactory(customer=customers.own, opened_day=TODAY - timedelta(days=1))

    assert queries.newest_judged_day() == TODAY - timedelta(days=1)


def test_what_is_published_cannot_be_edited_and_in_force_not_withdrawn(people, customers):
    kept = publish(STRICT, people, active_from=TODAY)
    AlertFactory(customer=customers.own, opened_day=TODAY)

    with pytest.raises(UnableToSetNumbers, match="no draft"):
        operations.save_numbers(
            draft=kept, book=STRICT, reason="", version=1, by=people.administrator, at=AT
        )
    with pytest.raises(UnableToSetNumbers, match="in force"):
        operations.withdraw_numbers(kept=kept, by=people.administrator, at=AT)


def test_a_version_that_comes_later_is_withdrawn_and_never_holds(people):
    kept = publish(STRICT, people, active_from=TODAY + timedelta(days=3))

    operations.withdraw_numbers(kept=kept, by=people.operations_center, at=AT)

    assert queries.book_on(TODAY + timedelta(days=9)) == NumberBook()
    assert queries.state_of(NumberSet.objects.get(), on=TODAY) == SetState.REMOVED


def test_the_way_back_is_a_new_version_with_the_old_numbers(people):
    publish(STRICT, people, active_from=TODAY)

    made = operations.draft_numbers(based_on=1, reason="退回", by=people.administrator, at=AT)

    assert queries.book_of(made).province == WarningNumbers(version=3)
    assert made.based_on == 1


def test_an_edit_that_comes_too_late_is_refused(people):
    made = draft(NumberBook(), people)
    keep = {"draft": made, "by": people.administrator, "at": AT, "version": 1}
    operations.save_numbers(book=STRICT, reason="甲", **keep)

    with pytest.raises(EditedMeanwhile):
        operations.save_numbers(book=NumberBook(), reason="乙", **keep)


def test_who_may_not_set_numbers_is_refused(people):
    with pytest.raises(PermissionDenied):
        operations.draft_numbers(based_on=1, reason="", by=people.supervisor, at=AT)


def test_each_night_judges_by_the_numbers_of_its_own_day(people):
    publish(STRICT, people, active_from=TODAY)

    before = warnings_program(TODAY - timedelta(days=1))
    after = warnings_program(TODAY)

    assert (before.parameters["version"], before.variants) == (1, ())
    assert (after.parameters["version"], after.parameters["hotline_calls"]) == (2, 2)
    assert [(v.city, v.level, v.parameters) for v in after.variants] == [
        ("02", 4, {"hotline_calls": 1}),
        ("02", None, {}),
        (None, 4, {}),
    ]


def test_an_alert_is_worded_by_the_numbers_that_judged_it(people, customers):
    book = NumberBook(overrides=(Override(Place("", 4), {"recent_days": 5}),))
    publish(book, people, active_from=TODAY)
    plain = AlertFactory(customer=customers.own, rule="W01", numbers_version=2)
    placed = AlertFactory(customer=customers.own, rule="W02", numbers_version=2, place="all-4")

    books = Books()

    assert "7" in queries.evidence_words(plain, books)
    assert "5" in queries.evidence_words(placed, books)


def test_every_number_stands_once_in_the_grid_and_has_words():
    shown = [name for group in number_groups() for name in group.names]

    assert sorted(shown) == sorted(KNOWN)
    assert set(KNOWN) <= NAMES.keys()
