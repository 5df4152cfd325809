"""The pages of working calendars."""

from datetime import date

import pytest
import time_machine
from tests.factories.calendars import AT, close, propose
from tests.factories.people import StaffFactory

from dakehu.clocks.models import AnnouncedYear, CalendarDay, CalendarHours

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def morning():
    """The pages are looked at on the morning of 2 March 2026."""
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def url(people):
    """The calendar of the manager's district."""
    return f"/clocks/calendars/{people.units.district.pk}/"


def test_the_list_shows_units_within_reach_with_what_they_set(sign_in, people):
    close(people.units.district, people.administrator, date(2026, 5, 20))

    page = sign_in(people.supervisor).get("/clocks/calendars/").content.decode()

    assert people.units.district.name in page
    assert people.stranger.unit.name not in page


def test_a_year_tells_holidays_make_up_days_and_days_set_by_hand(
    sign_in, people, url, django_assert_max_num_queries
):
    close(people.units.city, people.administrator, date(2026, 5, 20))
    client = sign_in(people.manager)
    client.get(url)

    with django_assert_max_num_queries(14):
        page = client.get(url).content.decode()

    assert "2026-02-17 · 法定节假日 · 春节 · 休息" in page
    assert "2026-02-14 · 调休上班日 · 调休 · 09:00-12:00 13:30-18:00" in page
    assert "2026-05-20 · 人工设定 · 供电检修 · 休息" in page
    assert "247 个工作日" in page
    assert "提出" not in page


def test_a_year_that_nobody_has_announced_says_so(sign_in, people, url):
    client = sign_in(people.manager)

    assert "2027 年的放假安排尚未公布" in client.get(f"{url}?year=2027").content.decode()
    assert "尚未公布" not in client.get(f"{url}?year=1999").content.decode()


def test_hours_are_proposed_by_one_and_published_by_another(sign_in, people, url):
    week = {name: "8:00-12:00，15:00-18:00" for name in ("monday", "tuesday", "wednesday")}
    sent = {
        "active_from": "2026-07-01",
        "ordinary": "08:00-12:00 15:00-18:00",
        "follows_holidays": "on",
        "reason": "夏令作息",
        **week,
    }
    mine = sign_in(people.administrator)

    mine.post(f"{url}hours/", sent)

    row = CalendarHours.objects.get()
    assert row.week[0] == [[480, 720], [900, 1080]]
    assert "必须由他人发布" in mine.get(url).content.decode()
    theirs = sign_in(StaffFactory(unit=people.administrator.unit, role=people.administrator.role))
    theirs.post(f"{url}hours/{row.pk}/publish/", {"version": row.version})
    row.refresh_from_db()
    assert row.published_at is not None
    assert "已发布" in mine.get(url).content.decode()


@pytest.mark.parametrize("typed", ["8-12", "12:00-8:00", "8:00-12:00 11:00-13:00", "8:75-9:00"])
def test_hours_that_cannot_be_read_name_the_part(sign_in, people, url, typed):
    answer = sign_in(people.administrator).post(
        f"{url}days/", {"day": "2026-05-20", "intervals": typed, "reason": "x"}
    )

    assert answer.status_code == 422
    assert typed in answer.content.decode()
    assert not CalendarDay.objects.exists()


def test_a_day_is_set_and_taken_back(sign_in, people, url):
    client = sign_in(people.supervisor)

    client.post(f"{url}days/", {"day": "2026-05-23", "intervals": "9:00-12:00", "reason": "抢修"})

    row = CalendarDay.objects.get()
    assert "2026-05-23 · 人工设定 · 抢修 · 09:00-12:00" in client.get(url).content.decode()
    client.post(f"{url}days/{row.pk}/clear/")
    assert "抢修" not in client.get(url).content.decode()


def test_withdrawing_hours_in_force_is_refused_in_words(sign_in, people, url):
    row = propose(people.units.district, people.administrator, active_from=date(2026, 3, 2))
    other = StaffFactory(unit=people.administrator.unit, role=people.administrator.role)
    client = sign_in(other)
    client.post(f"{url}hours/{row.pk}/publish/", {"version": row.version})

    answer = client.post(f"{url}hours/{row.pk}/withdraw/", follow=True)

    assert "已生效的时间不能撤回" in answer.content.decode()


def test_a_reason_full_of_script_is_shown_as_text(sign_in, people, url):
    client = sign_in(people.supervisor)
    script = '"><script>alert(1)</script>'

    client.post(f"{url}days/", {"day": "2026-05-23", "intervals": "", "reason": script})

    page = client.get(url).content.decode()
    assert script not in page
    assert "&lt;script&gt;alert(1)" in page


def test_holidays_are_entered_by_one_and_published_by_another(sign_in, people):
    top = f"/clocks/calendars/{people.administrator.unit.pk}/"
    mine = sign_in(people.administrator)
    form = mine.get("/clocks/years/2027/").content.decode()
    assert "2027-02-05" in form  # Begins with what the library expects.

    wrong = mine.post("/clocks/years/2027/", {"free": "明年春节", "source": "国办通知"})
    assert wrong.status_code == 422
    assert "明年春节" in wrong.content.decode()
    mine.post(
        "/clocks/years/2027/",
        {
            "free": "2027-01-01 元旦\n2027年2月5日至2027年2月11日 春节",
            "make_up": "2027-02-13",
            "source": "国办通知",
        },
    )

    page = mine.get(f"{top}?year=2027").content.decode()
    row = AnnouncedYear.objects.get()
    assert len(row.free) == 8
    assert "须由他人发布" in page
    assert "尚未公布" in page
    theirs = sign_in(StaffFactory(unit=people.administrator.unit, role=people.administrator.role))
    theirs.post(f"/clocks/years/{row.pk}/publish/", {"version": row.version})
    assert "尚未公布" not in mine.get(f"{top}?year=2027").content.decode()
