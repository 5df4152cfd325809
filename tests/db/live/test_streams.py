"""The stream of an open page: who may listen, what it hears, when it ends (W14)."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone
from tests.factories.alerts import TodoFactory

from dakehu.live import jobs
from dakehu.live.models import Ring
from dakehu.live.operations import forget_rings, ring
from dakehu.live.views import stream
from dakehu.signin.models import SignIn

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def hub(monkeypatch):
    """A hub of this test alone, with one hand."""
    fresh = jobs.Hub()
    fresh.hands = ThreadPoolExecutor(max_workers=1)
    monkeypatch.setattr(stream, "HUB", fresh)
    yield fresh
    fresh.hands.submit(connections.close_all).result()
    fresh.hands.shutdown()


class Page:
    """One open page: sends a request, and keeps what comes back."""

    def __init__(self, cookie="", **headers):
        given = {"host": "127.0.0.1:8001", "cookie": cookie, **headers}
        self.headers = [(name.encode(), text.encode()) for name, text in given.items() if text]
        self.sent = []
        self.gone = asyncio.Event()

    async def receive(self):
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message):
        self.sent.append(message)

    async def ask(self, *, path="/live/stream/", method="GET"):
        scope = {"type": "http", "path": path, "method": method, "headers": self.headers}
        await stream.application(scope, self.receive, self.send)

    @property
    def status(self):
        return self.sent[0]["status"]

    @property
    def heard(self):
        return b"".join(each.get("body", b"") for each in self.sent).count(b"event: news")

    def header(self, name):
        return dict(self.sent[0]["headers"]).get(name)


def cookie_of(client):
    return f"sessionid={client.cookies['sessionid'].value}"


def listen(*pages, act=None):
    """Let pages listen, do something meanwhile, and let them go."""

    async def listened():
        asking = [asyncio.ensure_future(page.ask()) for page in pages]
        async with asyncio.timeout(10):
            while not all(page.sent for page in pages):
                await asyncio.sleep(0.01)
        await asyncio.sleep(0.05)
        if act:
            await act()
        await asyncio.sleep(0.05)
        for page in pages:
            page.gone.set()
        await asyncio.wait_for(asyncio.gather(*asking), 5)

    asyncio.run(listened())


@pytest.fixture
def todo(people, customers):
    """The manager's to-do."""
    return TodoFactory(alert__customer=customers.own)


def test_a_page_hears_at_once_what_rings_for_its_person(hub, sign_in, people, todo):
    mine, other = (
        Page(cookie_of(sign_in(people.manager))),
        Page(cookie_of(sign_in(people.colleague))),
    )

    async def rings():
        await hub.ask(ring, todo=todo, staff_ids=[people.manager.pk], at=timezone.now())
        await hub.look()
        await hub.look()

    listen(mine, other, act=rings)

    assert (mine.status, mine.heard) == (200, 1)
    assert (other.status, other.heard) == (200, 0)
    assert mine.header(b"content-type").startswith(b"text/event-stream")
    assert mine.header(b"x-accel-buffering") == b"no"
    assert hub.count == 0


def test_the_stream_says_nothing_but_that_there_is_news(hub, sign_in, people, todo):
    page = Page(cookie_of(sign_in(people.manager)))

    async def rings():
        hub.ring({people.manager.pk})

    listen(page, act=rings)

    told = b"".join(each.get("body", b"") for each in page.sent)
    assert told == b"retry: 2000\n\nevent: news\ndata: 1\n\n"


def test_a_page_that_opens_hears_of_what_rang_a_moment_ago(hub, sign_in, people, todo):
    ring(todo=todo, staff_ids=[people.manager.pk], at=timezone.now() - timedelta(minutes=2))
    page = Page(cookie_of(sign_in(people.manager)))

    listen(page)

    assert page.heard == 1


def test_what_was_committed_late_is_heard_all_the_same(hub, people, todo):
    at = timezone.now()
    late, early = (Ring(todo=todo, staff=people.manager, at=at) for _number in range(2))
    late.pk, early.pk = 100, 200
    rung = []
    hub.ring = rung.append
    early.save()
    asyncio.run(hub.look())
    late.save()
    asyncio.run(hub.look())
    asyncio.run(hub.look())

    assert rung == [{people.manager.pk}, {people.manager.pk}, set()]


@pytest.mark.parametrize("cookie", ["", "sessionid=", "sessionid=wrong", "x"])
def test_nobody_listens_without_a_session(hub, db, cookie):
    page = Page(cookie)

    listen(page)

    assert page.status == 403


def test_an_idle_session_and_a_closed_account_do_not_listen(hub, sign_in, people, settings):
    idle, closed = sign_in(people.manager), sign_in(people.colleague)
    long_ago = timezone.now() - timedelta(minutes=settings.IDLE_MINUTES)
    SignIn.objects.filter(staff=people.manager).update(last_seen_at=long_ago)
    people.colleague.is_active = False
    people.colleague.save()
    pages = [Page(cookie_of(idle)), Page(cookie_of(closed))]

    listen(*pages)

    assert [page.status for page in pages] == [403, 403]


def test_who_has_to_choose_a_password_first_does_not_listen(hub, sign_in, people):
    browser = sign_in(people.manager)
    people.manager.must_change_password = True
    people.manager.save()
    session = browser.session
    session["sign_in_method"] = "PASSWORD"
    session.save()
    page = Page(cookie_of(browser))

    listen(page)

    assert page.status == 403


def test_a_stream_ends_with_its_session(hub, sign_in, people):
    browser = sign_in(people.manager)
    page = Page(cookie_of(browser))

    async def ends():
        await hub.ask(browser.session.flush)
        await hub.check()
        await asyncio.sleep(0.05)
        assert hub.count == 0

    listen(page, act=ends)

    assert page.sent[-1] == {"type": "http.response.body", "body": b""}


def test_of_many_pages_of_one_session_the_oldest_is_let_go(hub, sign_in, people):
    cookie = cookie_of(sign_in(people.manager))
    pages = [Page(cookie) for _number in range(jobs.MOST_OF_SESSION + 1)]

    async def look():
        assert hub.count == jobs.MOST_OF_SESSION

    listen(*pages, act=look)

    assert pages[0].sent[-1]["body"] == b""
    assert all(page.status == 200 for page in pages)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "http://127.0.0.1:8000"}, 200),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"host": "evil.example"}, 400),
    ],
)
def test_only_pages_of_this_site_listen(hub, sign_in, people, headers, status):
    page = Page(cookie_of(sign_in(people.manager)), **headers)

    listen(page)

    assert page.status == status
    allowed = page.header(b"access-control-allow-origin")
    assert allowed == (headers["origin"].encode() if status == 200 else None)


@pytest.mark.parametrize(("asked", "status"), [({"path": "/"}, 404), ({"method": "POST"}, 405)])
def test_there_is_one_address(hub, db, asked, status):
    page = Page()

    asyncio.run(page.ask(**asked))

    assert page.status == status


def test_more_than_the_process_may_hold_are_sent_away(hub, sign_in, people, settings):
    settings.LIVE_MOST = 0
    page = Page(cookie_of(sign_in(people.manager)))

    listen(page)

    assert page.status == 503


def test_rings_are_forgotten_after_a_day(people, todo):
    at = timezone.now()
    for hours in (1, 25):
        ring(todo=todo, staff_ids=[people.manager.pk], at=at - timedelta(hours=hours))

    assert (forget_rings(at=at), Ring.objects.count()) == (1, 1)
