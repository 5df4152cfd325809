"""The pages of clocks: what runs out, a promise explained, corrections."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from tests.factories.clocks import Runner, wall

from dakehu.clocks.choices import ClockKind, TimeUnit
from dakehu.clocks.models import ClockPause
from dakehu.clocks.operations import start_clock, sweep
from dakehu.clocks.values import Standard

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(people):
    """Whoever starts, pauses and stops clocks."""
    return Runner(people, people.units.district)


@pytest.fixture
def noon():
    """The page is looked at on Monday 14 September 2026 at noon."""
    with time_machine.travel(wall("12:00"), tick=False):
        yield


def test_a_promise_is_explained_day_by_day(sign_in, people, run, django_assert_max_num_queries):
    clock = run.start("2 working_day", "2026-09-30 16:00")
    run.pause(clock, "2026-10-08 10:00")
    run.resume(clock, "2026-10-08 11:00")
    sweep(at=wall("2026-10-09 18:30"))
    client = sign_in(people.manager)
    with time_machine.travel(wall("2026-10-10 09:00"), tick=False):
        client.get(f"/clocks/{clock.pk}/")
        with django_assert_max_num_queries(16):
            page = client.get(f"/clocks/{clock.pk}/").content.decode()

    for words in (
        "2 个工作日",
        "C17 A v1",
        "国庆节",
        "调休上班日",
        "等客户资料",
        "17 小时",
        "即将到期",
        "2026-10-10 10:00",
    ):
        assert words in page, words
    assert "更正开始时间" not in page


def test_a_clock_elsewhere_is_not_found_and_a_notice_leads_to_its_clock(sign_in, people, run):
    clock = run.start()
    sweep(at=wall("14:00"))

    stranger = sign_in(people.stranger)
    assert stranger.get(f"/clocks/{clock.pk}/").status_code == 404
    assert stranger.get(f"/clocks/notices/{clock.notices.get().pk}/").status_code == 404
    found = sign_in(people.manager).get(f"/clocks/notices/{clock.notices.get().pk}/")
    assert found.headers["Location"] == f"/clocks/{clock.pk}/"


def test_the_list_begins_with_what_is_due_next_and_knows_how_much_is_left(
    sign_in, people, django_assert_max_num_queries
):
    now = timezone.now()
    for number in range(12):
        start_clock(
            subject="thing",
            subject_id=number,
            kind=ClockKind.RESOLVE,
            standard=Standard(24, TimeUnit.HOUR),
            source="C19 A v1",
            unit=people.units.district,
            owner=people.manager,
            customer=None,
            at=now - timedelta(hours=number * 3),
            by=people.manager,
        )
    client = sign_in(people.manager)
    assert client.get("/clocks/").headers["Location"] == "/clocks/?face=open"
    client.get("/clocks/?face=open")

    with django_assert_max_num_queries(16):
        page = client.get("/clocks/?face=open").content.decode()
    assert page.index("thing 11") < page.index("thing 0")
    assert "超时 9 小时" in page
    late = client.get("/clocks/?face=late").content.decode()
    assert "thing 11" in late
    assert "thing 2<" not in late
    assert "thing 7" in client.get("/clocks/?face=soon").content.decode()
    assert "thing 11" not in sign_in(people.stranger).get("/clocks/?face=open").content.decode()


@pytest.mark.usefixtures("noon")
def test_pauses_are_corrected_by_whoever_leads_and_refused_in_words(sign_in, people, run):
    clock = run.start()
    client = sign_in(people.supervisor)
    url = f"/clocks/{clock.pk}/"

    late = client.post(
        f"{url}pauses/",
        {"paused_at": "2026-09-14T11:00", "resumed_at": "2026-09-14T13:00", "reason": "等门禁"},
    )
    assert late.status_code == 422
    assert "时间在未来" in late.content.decode()
    times = {"paused_at": "2026-09-14T10:00", "resumed_at": "2026-09-14T11:00"}
    client.post(f"{url}pauses/", {**times, "reason": "等门禁"})
    pause = ClockPause.objects.get()
    assert "等门禁" in client.get(url).content.decode()

    client.post(
        f"{url}pauses/{pause.pk}/", {**times, "paused_at": "2026-09-14T10:30", "reason": "x"}
    )
    clock.refresh_from_db()
    assert clock.due_at == wall("15:00")
    client.post(f"{url}pauses/{pause.pk}/remove/", {"reason": "没有等"})
    client.post(f"{url}start/", {"started_at": "2026-09-14T09:30", "reason": "电话九点半才来"})
    clock.refresh_from_db()
    assert (clock.started_at, clock.due_at) == (wall("09:30"), wall("15:00"))
    assert client.get(f"{url}pauses/{pause.pk}/").status_code == 404
