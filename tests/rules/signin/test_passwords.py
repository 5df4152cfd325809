"""What a password may be, when it is old, when a session is idle, what browsers are called."""

from datetime import timedelta

import pytest

from dakehu.signin.rules import (
    character_kinds,
    device_of,
    has_number_of,
    is_idle,
    is_password_due,
)
from dakehu.signin.values import Device, PasswordState

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36"
EDGE = CHROME + " Edg/142.0"
WECHAT = (
    "Mozilla/5.0 (Linux; Android 14; V2309A) AppleWebKit/537.36 Chrome/126.0 Mobile "
    "Safari/537.36 MicroMessenger/8.0.50"
)
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 "
    "Mobile/15E148 Safari/604.1"
)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.mark.parametrize(
    ("password", "kinds"),
    [("", 0), ("abc", 1), ("abc1", 2), ("Abc1", 3), ("Abc-1", 4), ("密码abc1", 3), ("密码", 1)],
)
def test_four_kinds_of_characters_are_told_apart(password, kinds):
    assert character_kinds(password) == kinds


@pytest.mark.parametrize(
    ("password", "is_own"),
    [
        ("x13812345678x", True),
        ("wo-345678-ok", True),
        ("wo-34567-ok", False),
        ("mgr0815AB-x", True),
        ("mgr-081-x", False),
        ("x-MGR-0815ab", True),
    ],
)
def test_own_numbers_and_their_ends_are_found(password, is_own):
    assert has_number_of(password, ["13812345678", "mgr-0815AB", "12345"]) is is_own


def test_a_password_that_somebody_else_chose_is_due(at):
    assert is_password_due(PasswordState(True, None, 0), at=at)


@pytest.mark.parametrize(("age", "is_due"), [(0, False), (89, False), (90, True), (400, True)])
def test_a_password_is_due_on_the_day_its_time_is_over(at, age, is_due):
    state = PasswordState(False, at - timedelta(days=age), 90)

    assert is_password_due(state, at=at) is is_due


def test_without_a_limit_no_password_is_due(at):
    assert not is_password_due(PasswordState(False, at - timedelta(days=4000), 0), at=at)


def test_a_password_of_unknown_age_is_not_due(at):
    assert not is_password_due(PasswordState(False, None, 90), at=at)


@pytest.mark.parametrize(("seconds", "idle"), [(0, False), (1799, False), (1800, True)])
def test_a_session_is_idle_at_the_minute(at, seconds, idle):
    assert is_idle(at - timedelta(seconds=seconds), minutes=30, at=at) is idle


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        (CHROME, Device("Chrome", "Windows")),
        (EDGE, Device("Edge", "Windows")),
        (WECHAT, Device("WeChat", "Android")),
        (IPHONE, Device("Safari", "iOS")),
        (FIREFOX, Device("Firefox", "Linux")),
        ("curl/8.5", Device("", "")),
        ("", Device("", "")),
    ],
)
def test_browsers_have_the_names_that_people_know(user_agent, device):
    assert device_of(user_agent) == device
