"""Sessions: listed while they let somebody in, ended from elsewhere, forgotten in time."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from dakehu.audit.models import Change
from dakehu.people.operations import ensure_log_in
from dakehu.people.values import NewStaff
from dakehu.signin.choices import Ending
from dakehu.signin.models import SignIn
from dakehu.signin.operations import (
    allow_account,
    end_sessions,
    forget_sign_ins,
    suspend_account,
    unlock_account,
)
from dakehu.signin.policies import duty_of
from dakehu.signin.queries import ended_sessions, live_sessions


@pytest.fixture
def now():
    """The present; sessions are Django's, which reads the clock itself."""
    return timezone.now()


def test_a_log_in_is_listed_with_its_device(sign_in, manager, now):
    sign_in(manager, headers={"User-Agent": "x"})

    session = live_sessions(manager, at=now + timedelta(seconds=1))[0]
    assert (session.staff, session.method, session.is_proved_twice) == (manager, "PASSWORD", False)


def test_a_session_past_its_time_is_not_listed(sign_in, manager, now):
    sign_in(manager)

    assert live_sessions(manager, at=now + timedelta(hours=9)) == []


def test_log_out_is_noted(sign_in, manager, now):
    sign_in(manager).post("/ui/logout/")

    assert live_sessions(manager, at=now) == []
    assert ended_sessions(manager)[0].ending == Ending.LOGGED_OUT


def test_ending_all_sessions_logs_every_browser_out(sign_in, manager, administrator, now):
    browsers = [sign_in(manager), sign_in(manager)]

    count = end_sessions(staff=manager, ending=Ending.REVOKED, by=administrator, at=now)

    assert count == 2
    for browser in browsers:
        assert browser.get("/").url.startswith(reverse("ui:login"))
    assert Change.objects.get().fields == {"sessions": [2, 0]}


def test_a_suspended_person_is_out_and_back_when_allowed(sign_in, manager, administrator, now):
    browser = sign_in(manager)

    suspend_account(staff=manager, by=administrator, at=now, reason="手机丢失")

    assert browser.get("/").status_code == 302
    assert not Session.objects.filter(expire_date__gt=now).exists()
    manager.refresh_from_db()
    assert not manager.is_active
    allow_account(staff=manager, by=administrator, at=now)
    manager.refresh_from_db()
    assert manager.is_active


def test_unlocking_forgets_the_failures(client, manager, administrator, now):
    for _attempt in range(5):
        client.post("/ui/login/", {"username": "manager", "password": "wrong"})

    assert unlock_account(staff=manager, by=administrator, at=now) == 1

    answer = client.post("/ui/login/", {"username": "manager", "password": "open-sesame-2026"})
    assert answer.status_code == 302


def test_sessions_of_long_ago_are_forgotten(sign_in, manager, now):
    sign_in(manager)

    assert forget_sign_ins(before=now - timedelta(days=1), at=now) == 0
    assert forget_sign_ins(before=now + timedelta(days=1), at=now) == 1
    assert not SignIn.objects.exists()
    assert Session.objects.exists()


def test_sessions_that_are_over_are_forgotten(sign_in, manager, now):
    sign_in(manager)

    forget_sign_ins(before=now - timedelta(days=1), at=now + timedelta(hours=9))

    assert not Session.objects.exists()
    assert SignIn.objects.exists()


def test_the_log_ins_of_a_demonstration_stay_as_they_were_printed(people, settings, now):
    person = ensure_log_in(
        NewStaff("showcase", "演示", "HALL"),
        unit_code="01",
        by=None,
        at=now,
        password="dakehu-demo",
    )

    due = duty_of(person, method="PASSWORD", is_proved_twice=False, at=now + timedelta(days=999))

    assert person.check_password("dakehu-demo")
    assert due is None
