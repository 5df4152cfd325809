"""Second factors: proved once per code, encrypted, removed only where the role allows it."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator

from dakehu.audit.models import Change
from dakehu.signin.errors import UnableToProve, UnableToRemoveFactor
from dakehu.signin.operations import (
    add_app,
    add_passkey,
    prove_by_code,
    put_codes_away,
    remove_app,
    remove_factors,
    remove_passkey,
    renew_codes,
)
from dakehu.signin.queries import factors_of, has_second_factor, unseen_codes

HALF_MINUTE = timedelta(seconds=30)


def test_an_app_is_set_up_by_its_first_code(manager, app, at):
    factors = factors_of(manager)

    assert factors.app_since is not None
    assert factors.is_any
    assert factors.codes_left == 10


def test_an_app_is_not_set_up_by_a_wrong_code(manager, telephone, at):
    with pytest.raises(UnableToProve):
        add_app(staff=manager, secret=telephone.secret, code="000000", at=at)
    assert not has_second_factor(manager)


@pytest.mark.usefixtures("app")
def test_a_code_proves_once(manager, telephone, at):
    later = at + 2 * HALF_MINUTE

    prove_by_code(staff=manager, code=telephone.code_at(later), at=later)

    with pytest.raises(UnableToProve):
        prove_by_code(staff=manager, code=telephone.code_at(later), at=later)


@pytest.mark.usefixtures("app")
def test_the_code_that_set_the_app_up_does_not_let_in_as_well(manager, telephone, at):
    with pytest.raises(UnableToProve):
        prove_by_code(staff=manager, code=telephone.code_at(at), at=at)


@pytest.mark.usefixtures("app")
def test_an_older_code_does_not_count_after_a_newer_one(manager, telephone, at):
    later = at + 4 * HALF_MINUTE
    prove_by_code(staff=manager, code=telephone.code_at(later), at=later)

    with pytest.raises(UnableToProve):
        prove_by_code(staff=manager, code=telephone.code_at(later - HALF_MINUTE), at=later)


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(("steps", "is_taken"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_clocks_may_differ_by_one_step(manager, telephone, at, steps, is_taken):
    later = at + 10 * HALF_MINUTE
    code = telephone.code_at(later + steps * HALF_MINUTE)

    if is_taken:
        prove_by_code(staff=manager, code=code, at=later)
    else:
        with pytest.raises(UnableToProve):
            prove_by_code(staff=manager, code=code, at=later)


@pytest.mark.usefixtures("app")
def test_a_recovery_code_lets_in_once(manager, at):
    first, *others = unseen_codes(manager)

    prove_by_code(staff=manager, code=f"{first[:4]} {first[4:]}", at=at)

    assert factors_of(manager).codes_left == len(others)
    with pytest.raises(UnableToProve):
        prove_by_code(staff=manager, code=first, at=at)


@pytest.mark.usefixtures("app")
def test_recovery_codes_are_shown_until_they_are_put_away(manager, at):
    old = unseen_codes(manager)
    put_codes_away(staff=manager)

    assert unseen_codes(manager) == []
    renew_codes(staff=manager, at=at)
    assert not set(old) & set(unseen_codes(manager))


@pytest.mark.usefixtures("app")
def test_the_database_holds_no_secret_in_the_clear(manager, telephone):
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))

    assert telephone.secret not in stored
    assert not any(code in stored for code in unseen_codes(manager))


@pytest.mark.usefixtures("app")
def test_a_secret_of_another_installation_proves_nothing(manager, settings, telephone, at):
    settings.SECRET_KEY = "another installation"

    assert factors_of(manager).codes_left == 0
    with pytest.raises(UnableToProve):
        prove_by_code(staff=manager, code=telephone.code_at(at), at=at)


@pytest.mark.usefixtures("app")
def test_recovery_codes_go_with_the_last_factor(manager, at):
    remove_app(staff=manager, at=at)

    assert not Authenticator.objects.filter(user=manager).exists()


@pytest.mark.usefixtures("app")
def test_the_last_factor_stays_where_the_role_needs_one(manager, settings, at):
    settings.SECOND_FACTOR_ROLES = frozenset({"ACCOUNT_MANAGER"})

    with pytest.raises(UnableToRemoveFactor):
        remove_app(staff=manager, at=at)
    assert has_second_factor(manager)


@pytest.mark.usefixtures("app")
def test_one_of_two_factors_may_go(manager, settings, at):
    settings.SECOND_FACTOR_ROLES = frozenset({"ALL"})
    add_passkey(staff=manager, name="手机", credential={}, at=at)

    remove_app(staff=manager, at=at)

    assert has_second_factor(manager)


def test_nobody_removes_the_passkey_of_somebody_else(manager, colleague, at):
    add_passkey(staff=manager, name="手机", credential={}, at=at)
    number = Authenticator.objects.get(user=manager, type="webauthn").pk

    remove_passkey(staff=colleague, number=number, at=at)

    assert has_second_factor(manager)


@pytest.mark.usefixtures("app")
def test_an_administrator_removes_what_somebody_lost_and_it_is_recorded(
    manager, administrator, settings, at
):
    settings.SECOND_FACTOR_ROLES = frozenset({"ALL"})

    removed = remove_factors(staff=manager, by=administrator, at=at)

    change = Change.objects.order_by("pk").last()
    assert removed == 1
    assert (change.actor_id, list(change.fields)) == (administrator.pk, ["second_factor"])
