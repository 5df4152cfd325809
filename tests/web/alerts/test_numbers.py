"""The numbers of the warnings on screen: the grid, the editor, four eyes, comparing."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse
from tests.conftest import AT
from tests.factories.numbers import draft, propose, publish

from dakehu.alerts.forms import NumbersForm
from dakehu.alerts.models import NumberSet
from dakehu.alerts.queries import book_of
from dakehu.alerts.values import NumberBook, Override, Place, WarningNumbers

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)
BOOK = NumberBook(WarningNumbers(hotline_calls=2), (Override(Place("", 4), {"hotline_calls": 9}),))


@pytest.fixture(autouse=True)
def morning():
    """The morning of 2 March 2026."""
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def keeper(people, sign_in, english):
    """A browser of the operations center."""
    return sign_in(people.operations_center, headers={"accept-language": "en"})


def typed(kept, **changed):
    """Return what the editor of a draft would send, with some values changed."""
    book = book_of(kept)
    places = [override.place for override in book.overrides]
    form = NumbersForm(book=book, places=places, initial={"version": 1, "reason": "试"})
    sent = {name: form[name].value() for name in form.fields}
    sent = {name: "" if value is None else value for name, value in sent.items()}
    return {**sent, "place": [place.key for place in places], **changed}


def test_a_draft_is_begun_edited_with_a_new_column_and_kept(keeper, people):
    answer = keeper.post(reverse("alerts:number_draft"), {"based_on": "1"})
    kept = NumberSet.objects.get()
    edit = reverse("alerts:number_edit", args=[kept.number])
    assert answer.url == edit

    added = keeper.post(
        edit, typed(kept, add="1", city="02", level="3", **{"all-all.idle_calls": "4"})
    )
    assert added.status_code == 200
    assert b'name="02-3.hotline_calls"' in added.content
    assert b'value="4"' in added.content

    sent = typed(kept, place=["02-3"], **{"all-all.idle_calls": "4", "02-3.hotline_calls": "1"})
    assert keeper.post(edit, sent).status_code == 302
    kept.refresh_from_db()
    assert book_of(kept).province.idle_calls == 4
    assert book_of(kept).overrides == (Override(Place("02", 3), {"hotline_calls": 1}),)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"all-all.hotline_calls": "0"}, "Type 1 to 1000."),
        ({"all-all.hotline_calls": "x"}, "Type a whole number, 1 to 1000."),
        ({"all-all.hotline_calls": ""}, "Type a number, 1 to 1000."),
        ({"all-all.recent_days": "9"}, "Type at least 39"),
        ({"all-4.leaving_score": "900"}, "Type no more than 100"),
    ],
)
def test_numbers_that_cannot_be_are_refused_beside_their_field(keeper, people, changed, words):
    kept = draft(BOOK, people)

    answer = keeper.post(reverse("alerts:number_edit", args=[kept.number]), typed(kept, **changed))

    assert answer.status_code == 422
    assert words in answer.content.decode()
    kept.refresh_from_db()
    assert kept.version == 1


def test_a_place_is_named_once_and_the_province_has_its_column_already(keeper, people):
    kept = draft(BOOK, people)
    edit = reverse("alerts:number_edit", args=[kept.number])

    nothing = keeper.post(edit, typed(kept, add="1", city="", level=""))
    again = keeper.post(edit, typed(kept, add="1", city="", level="4"))

    assert "Choose a city, a level, or both." in nothing.content.decode()
    assert "its own column already" in again.content.decode()


def test_one_proposes_another_publishes_and_the_page_says_so(keeper, people, sign_in):
    kept = draft(BOOK, people)
    page = reverse("alerts:number", args=[kept.number])
    propose_url = reverse("alerts:number_propose", args=[kept.number])

    early = keeper.post(propose_url, {"active_from": "2026-03-01"})
    assert early.status_code == 422
    assert "Name today or a later day." in early.content.decode()

    keeper.post(propose_url, {"active_from": "2026-03-02"})
    assert "Somebody else must publish" in keeper.get(page).content.decode()

    second = sign_in(people.administrator)
    second.post(reverse("alerts:number_publish", args=[kept.number]), {"version": "2"})
    kept.refresh_from_db()
    assert kept.published_by == people.administrator
    assert keeper.get(reverse("alerts:number_edit", args=[kept.number])).status_code == 404


def test_withdrawing_a_draft_leads_back_to_the_versions(keeper, people):
    kept = draft(BOOK, people)

    answer = keeper.post(reverse("alerts:number_withdraw", args=[kept.number]))

    kept.refresh_from_db()
    assert (answer.url, kept.removed_at is None) == (reverse("alerts:numbers"), False)


def test_two_versions_are_compared_number_by_number(keeper, people):
    publish(BOOK, people, active_from=TODAY)

    answer = keeper.get(reverse("alerts:number_compare"), {"left": "1", "right": "2"})

    found = [(each.rule, each.before, each.after) for each in answer.context["differences"]]
    assert found == [("W01", 3, 2), ("W01", None, 9)]
    assert "Diamond" in answer.content.decode()


def test_the_pages_cost_a_constant_number_of_queries(
    keeper, people, django_assert_max_num_queries
):
    publish(BOOK, people, active_from=TODAY)
    for _ in range(3):
        propose(BOOK, people, active_from=TODAY)

    for url in (reverse("alerts:numbers"), reverse("alerts:number", args=[2])):
        with django_assert_max_num_queries(24):
            assert keeper.get(url).status_code == 200


def test_who_may_only_see_numbers_finds_nothing_to_press(people, sign_in, english):
    kept = draft(BOOK, people)

    page = sign_in(people.manager).get(reverse("alerts:number", args=[kept.number]))

    assert "data-confirm" not in page.content.decode()
    assert page.context["may_set"] is False
