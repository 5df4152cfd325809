"""Log-in's second step: the password alone is not enough, five failures lock, codes count once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dakehu.signin.models import SignIn
from dakehu.signin.queries import unseen_codes

SECOND = "/account/second/"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def app(clock, telephone, manager):
    """The manager's authenticator app, set up a minute ago."""
    telephone.set_up_for(manager, timezone.now())
    clock.shift(MINUTE)
    return telephone


def answer(client, code):
    return client.post(SECOND, {"code": code}, REMOTE_ADDR="10.0.0.1")


def test_without_a_second_factor_the_password_lets_in(client, type_password, manager):
    assert type_password(manager, next="/todos/")["Location"] == "/todos/"
    assert client.get("/account/").status_code == 200


@pytest.mark.usefixtures("app")
def test_with_a_second_factor_the_password_alone_does_not_let_in(client, type_password, manager):
    response = type_password(manager)

    assert response["Location"] == SECOND
    assert client.get("/account/").status_code == 302
    assert not SignIn.objects.exists()


def test_the_code_lets_in_and_leads_to_where_the_person_wanted(
    client, type_password, manager, app
):
    type_password(manager, next="/customers/?name=x")

    response = answer(client, app.code_at(timezone.now()))

    assert response["Location"] == "/customers/?name=x"
    assert SignIn.objects.get().is_proved_twice


@pytest.mark.usefixtures("app")
def test_a_recovery_code_lets_in(client, type_password, manager):
    type_password(manager)

    assert answer(client, unseen_codes(manager)[0])["Location"] == "/"


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("code", ["000000", "", "x" * 30, "１２３４５６"])
def test_a_wrong_code_is_told_and_lets_nobody_in(client, type_password, manager, code, words):
    type_password(manager)

    response = answer(client, code)

    assert response.status_code == 422
    assert "That was not right" in words(response)
    assert client.get("/account/").status_code == 302


@pytest.mark.parametrize("answered", [{"credential": "x"}, {"credential": '{"id": "AA"}'}])
@pytest.mark.usefixtures("app")
def test_an_invented_passkey_lets_nobody_in(client, type_password, manager, answered):
    type_password(manager)

    assert client.post(SECOND, answered).status_code == 422
    assert client.get("/account/").status_code == 302


def test_five_wrong_codes_lock_like_wrong_passwords(client, type_password, manager, app):
    type_password(manager)
    statuses = [answer(client, "000000").status_code for _attempt in range(5)]

    assert statuses == [422, 422, 422, 422, 429]
    assert answer(client, app.code_at(timezone.now())).status_code == 429
    assert type_password(manager).status_code == 429


@pytest.mark.usefixtures("app")
def test_a_right_password_does_not_forgive_wrong_codes(client, type_password, manager):
    for _attempt in range(4):
        type_password(manager)
        answer(client, "000000")
    type_password(manager)

    assert answer(client, "000000").status_code == 429


def test_the_second_step_waits_five_minutes(client, type_password, manager, app, clock):
    type_password(manager)
    clock.shift(timedelta(minutes=5))

    assert answer(client, app.code_at(timezone.now()))["Location"] == "/ui/login/"


def test_a_suspended_person_is_not_let_in_by_the_second_step(client, type_password, manager, app):
    type_password(manager)
    type(manager).objects.update(is_active=False)

    assert answer(client, app.code_at(timezone.now()))["Location"] == "/ui/login/"


def test_nobody_reaches_the_second_step_without_the_first(client, manager):
    assert client.get(SECOND)["Location"] == "/ui/login/"
    assert client.post(SECOND, {"code": "1"})["Location"] == "/ui/login/"


@pytest.mark.usefixtures("app")
def test_what_was_typed_as_proof_is_not_kept_with_the_failure(client, type_password, manager):
    from axes.models import AccessAttempt

    type_password(manager, password="Winter-2026-snow")
    type_password(manager)
    answer(client, "135790")

    kept = str(list(AccessAttempt.objects.values_list("post_data", flat=True)))
    assert "Winter" not in kept
    assert "135790" not in kept


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example"]
)
def test_the_second_step_never_leads_to_another_site(
    client, type_password, manager, app, elsewhere
):
    type_password(manager, next=elsewhere)

    assert answer(client, app.code_at(timezone.now()))["Location"] == "/"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example"]
)
def test_log_in_by_passkey_never_leads_to_another_site(client, db, words, elsewhere):
    response = client.get("/account/passkey/", {"next": elsewhere})

    assert response.context["next"] == "/"
    assert 'name="next" value="/"' in words(response)


def test_an_invented_passkey_of_anybody_is_refused(client, manager):
    invented = '{"id": "AA", "response": {"userHandle": "MQ", "clientDataJSON": "e30"}}'

    response = client.post("/account/passkey/", {"credential": invented})

    assert response.status_code == 422
    assert client.get("/account/").status_code == 302
