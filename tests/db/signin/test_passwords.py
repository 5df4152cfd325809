"""Passwords: chosen by the rules, remembered as hashes, given for one log-in."""

from datetime import timedelta

import pytest
from tests.factories.people import PASSWORD

from dakehu.audit.models import Change
from dakehu.signin.errors import (
    UnableToChangePassword,
    UnableToManageMorePowerful,
    UnableToManageOneself,
)
from dakehu.signin.models import UsedPassword
from dakehu.signin.operations import choose_password, give_password

GOOD = "Spring-2026-rain"


def choose(staff, password, at):
    choose_password(staff=staff, password=password, session_key="", at=at)


def test_a_new_password_counts_from_the_instant_it_was_chosen(manager, at):
    manager.must_change_password = True

    choose(manager, GOOD, at)

    manager.refresh_from_db()
    assert manager.check_password(GOOD)
    assert (manager.password_changed_at, manager.must_change_password) == (at, False)


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("Ab1-x", "at least 10 characters"),
        ("alllettersonly", "at least three"),
        ("Password12", "common passwords"),
        ("No-Manager-1", "own name and user name"),
        ("Rain-345678-x", "your own telephone"),
        (PASSWORD, "your last 5"),
    ],
)
@pytest.mark.usefixtures("english")
def test_a_password_that_breaks_a_rule_is_refused_with_its_reason(manager, at, password, reason):
    manager.phone = "13812345678"
    manager.save()
    manager.refresh_from_db()

    with pytest.raises(UnableToChangePassword, match=reason):
        choose(manager, password, at)

    manager.refresh_from_db()
    assert manager.check_password(PASSWORD)


def test_none_of_the_last_five_passwords_comes_again(manager, at):
    chosen = [f"Autumn-leaf-{number}" for number in range(1, 6)]
    for number, password in enumerate(chosen):
        choose(manager, password, at + timedelta(days=number))

    for password in chosen:
        with pytest.raises(UnableToChangePassword):
            choose(manager, password, at)
    choose(manager, PASSWORD, at + timedelta(days=9))
    assert UsedPassword.objects.filter(staff=manager).count() == 4


def test_the_record_says_that_a_password_changed_and_never_which(manager, at):
    choose(manager, GOOD, at)

    recorded = str([change.fields for change in Change.objects.all()])
    assert "password" in recorded
    assert GOOD not in recorded
    assert manager.password not in recorded


def test_a_given_password_keeps_the_rules_and_has_to_be_changed(manager, administrator, at):
    given = give_password(staff=manager, by=administrator, at=at)

    manager.refresh_from_db()
    assert manager.check_password(given)
    assert manager.must_change_password
    assert len(given) == 14
    choose(manager, GOOD, at)


def test_nobody_gives_themselves_a_password_here(administrator, at):
    with pytest.raises(UnableToManageOneself):
        give_password(staff=administrator, by=administrator, at=at)


def test_nobody_gives_a_password_to_somebody_with_more_rights(supervisor, administrator, at):
    with pytest.raises(UnableToManageMorePowerful):
        give_password(staff=administrator, by=supervisor, at=at)
