"""What rings at an open page: once per session, for the right person, while it is fresh (W14)."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.factories.alerts import AlertFactory, TodoFactory

from dakehu.live.operations import ring
from dakehu.ui.streams import STREAM_PATH

URL = "/live/news/"
HX = {"HX-Request": "true"}


@pytest.fixture
def rings(people, customers):
    """Return a function that lets a to-do of the manager's customer ring."""

    def rung(*, staff=people.manager, ago=timedelta(0), **options):
        alert = AlertFactory(customer=customers.own, rule="W14", a=32, b=1, **options)
        todo = TodoFactory(alert=alert)
        ring(todo=todo, staff_ids=[staff.pk], at=timezone.now() - ago)
        return todo

    return rung


def test_it_rings_once_in_every_session(sign_in, people, rings):
    todo = rings()
    desk, phone = sign_in(people.manager), sign_in(people.manager)

    first, second, other = desk.get(URL), desk.get(URL), phone.get(URL)

    assert (first.status_code, second.status_code, other.status_code) == (200, 204, 200)
    words = first.content.decode()
    assert "张伟" in words
    assert "携号转出" in words
    assert f"/alerts/{todo.source_id}/" in words


def test_nothing_rings_most_of_the_time(sign_in, people, django_assert_max_num_queries):
    browser = sign_in(people.manager)
    browser.get(URL)

    with django_assert_max_num_queries(3):
        assert browser.get(URL).status_code == 204


def test_it_rings_for_nobody_else(sign_in, people, rings):
    rings()

    assert sign_in(people.colleague).get(URL).status_code == 204


def test_what_left_the_reach_of_the_person_rings_no_more(sign_in, people, rings, customers):
    rings(staff=people.stranger)

    assert sign_in(people.stranger).get(URL).status_code == 204


def test_what_was_done_rings_no_more(sign_in, people, rings):
    todo = rings()
    todo.state = "DONE"
    todo.save()

    assert sign_in(people.manager).get(URL).status_code == 204


def test_what_rang_long_ago_rings_no_more(sign_in, people, rings):
    rings(ago=timedelta(minutes=11))

    assert sign_in(people.manager).get(URL).status_code == 204


def test_many_at_once_are_told_as_a_number(sign_in, people, rings, customers):
    for day in range(5):
        rings(
            opened_day=timezone.localdate() - timedelta(days=day),
            cleared_day=None if not day else timezone.localdate(),
        )

    words = sign_in(people.manager).get(URL).content.decode()

    assert words.count("data-notice-close") == 4
    assert "还有 2 项紧急待办" in words


def test_asking_does_not_keep_the_session(sign_in, people):
    browser = sign_in(people.manager)
    browser.get("/")
    seen = browser.session["sign_in_seen_at"]
    session = browser.session
    session["sign_in_seen_at"] = seen - 120
    session.save()

    browser.get(URL, headers={"X-Dakehu-Background": "1"})

    assert browser.session["sign_in_seen_at"] == seen - 120


@pytest.mark.parametrize(
    ("given", "secure", "stream"),
    [
        ({}, False, ""),
        ({"LIVE_PORT": 8001}, False, f"http://testserver:8001{STREAM_PATH}"),
        ({"LIVE_PORT": 8001}, True, STREAM_PATH),
        ({"LIVE_PORT": 8001, "LIVE_URL": "/push/"}, False, "/push/"),
    ],
)
def test_a_page_knows_where_it_is_told_and_its_policy_too(
    sign_in, people, settings, given, secure, stream
):
    for name, content in given.items():
        setattr(settings, name, content)

    page = sign_in(people.manager).get("/", secure=secure)

    assert f'data-news="{URL}" data-stream="{stream}"' in page.content.decode()
    policy = page.headers["Content-Security-Policy"]
    origin = stream.removesuffix(STREAM_PATH) if stream.startswith("http") else ""
    assert ("connect-src 'self' " + origin in policy) if origin else ("connect-src" not in policy)


def test_a_list_that_lives_says_so_and_moves_no_history(sign_in, people):
    browser = sign_in(people.manager)
    here = "http://testserver/alerts/?active=true"

    page = browser.get("/alerts/?active=true")
    same = browser.get("/alerts/?active=true", headers={**HX, "HX-Current-URL": here})

    assert "data-live" in page.content.decode()
    assert "data-live" not in browser.get("/customers/individuals/").content.decode()
    assert "HX-Push-Url" not in same.headers
