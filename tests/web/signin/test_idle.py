"""Nobody at the screen: the session ends, and what a page fetches by itself does not keep it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dakehu.signin.choices import Ending
from dakehu.signin.models import SignIn

HTMX = {"HTTP_HX_REQUEST": "true"}
BACKGROUND = {"HTTP_X_DAKEHU_BACKGROUND": "1"}


def pass_time(clock, minutes):
    clock.shift(timedelta(minutes=minutes))


@pytest.fixture
def browser(clock, sign_in, manager):
    """A browser of the manager, signed in now."""
    return sign_in(manager)


def test_after_thirty_minutes_without_anybody_the_session_is_over(browser, clock, words):
    pass_time(clock, 30)

    response = browser.get("/account/?x=1")

    assert response["Location"] == "/ui/login/?next=/account/%3Fx%3D1&because=idle"
    assert SignIn.objects.get().ending == Ending.IDLE
    assert "Nobody was at the screen for 30 minutes" in words(browser.get(response["Location"]))


def test_every_request_of_a_person_begins_the_time_anew(browser, clock):
    for _request in range(4):
        pass_time(clock, 20)
        assert browser.get("/account/").status_code == 200

    assert SignIn.objects.get().last_seen_at == timezone.now()


def test_what_a_page_fetches_by_itself_does_not_keep_the_session(browser, clock):
    for _request in range(2):
        pass_time(clock, 14)
        assert browser.get("/todos/badge/", **HTMX, **BACKGROUND).status_code == 200
    pass_time(clock, 2)

    response = browser.get("/todos/badge/", **HTMX, **BACKGROUND)

    assert response["HX-Redirect"].endswith("because=idle")


def test_presence_keeps_the_session(browser, clock):
    pass_time(clock, 29)
    assert browser.post("/account/presence/").status_code == 204
    pass_time(clock, 29)

    assert browser.get("/account/").status_code == 200


def test_the_longest_session_ends_whoever_is_there(browser, clock):
    for _request in range(24):
        pass_time(clock, 20)
        response = browser.get("/account/")

    assert response.status_code == 302


def test_the_time_is_a_setting(browser, clock, settings):
    settings.IDLE_MINUTES = 5
    pass_time(clock, 5)

    assert browser.get("/account/").status_code == 302


def test_presence_is_written_once_a_minute_at_most(browser, clock):
    browser.get("/account/")
    pass_time(clock, 0.5)
    browser.get("/account/")

    assert SignIn.objects.get().last_seen_at == timezone.now() - timedelta(seconds=30)


def test_the_page_knows_when_to_warn(browser, words):
    assert 'data-minutes="30"' in words(browser.get("/account/"))


def test_a_session_ended_elsewhere_does_not_come_back(browser, clock):
    key = browser.session.session_key
    pass_time(clock, 5)
    SignIn.objects.get().delete()
    browser.session.__class__(key).delete()

    assert browser.get("/account/").status_code == 302
