"""An open page rings: by the stream at once, and without one by asking (W14)."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from tests.factories.reports import event, make_client, send
from tests.factories.streams import running_stream

pytestmark = pytest.mark.django_db(transaction=True)

# Sooner than a page without a stream would ask, and long enough for a busy machine.
SOON_MS = 10_000


@pytest.fixture
def report(people, customers, client):
    """Return a function that reports the manager's customer by the interface."""
    now = timezone.now()
    _crm, key = make_client(people, people.units.city, at=now)

    def reported(number="E-1", **options):
        answer = send(client, key, event(now, event_id=number, **options))
        assert answer.status_code == 201

    return reported


def test_an_event_rings_on_the_open_list_by_itself(
    open_browser, people, report, settings, take_shot, find_barriers
):
    with running_stream() as (_process, port):
        settings.LIVE_PORT = port
        page = open_browser(people.manager)
        with page.expect_response(lambda answer: "/live/stream/" in answer.url):
            page.goto("/alerts/?active=true")

        report()

        ringing = page.locator(".notice-ring")
        expect(ringing).to_contain_text("张伟", timeout=SOON_MS)
        expect(page.locator("#todo-badge")).to_contain_text("1")
        expect(page.locator("#list-body tbody tr")).to_contain_text("携号转出")
        take_shot(page, "ringing")
        assert find_barriers(page) == []
        assert page.evaluate("history.length") == 2
        ringing.get_by_role("link").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("要求离网")
        page.close()


def test_without_a_stream_the_page_asks_now_and_then(open_browser, people, report):
    page = open_browser(people.manager)
    page.clock.install()
    with page.expect_response(lambda answer: "/live/news/" in answer.url):
        page.goto("/todos/?owner=me&state=OPEN")

    report()
    expect(page.locator(".notice-ring")).to_have_count(0)
    page.clock.run_for(16_000)

    expect(page.locator(".notice-ring")).to_contain_text("携号转出")
    page.locator("[data-notice-close]").click()
    page.clock.run_for(16_000)
    expect(page.locator(".notice-ring")).to_have_count(0)


def test_a_stream_that_breaks_off_is_replaced_by_asking(open_browser, people, settings):
    with running_stream() as (process, port):
        settings.LIVE_PORT = port
        page = open_browser(people.manager)
        with page.expect_response(lambda answer: "/live/stream/" in answer.url):
            page.goto("/")

        with page.expect_response(lambda answer: "/live/news/" in answer.url) as asked:
            process.terminate()

    assert asked.value.status == 204
