"""One's own account: password, proof, second factors, sessions, duties."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories.people import PASSWORD

from dakehu.signin.models import SignIn
from dakehu.signin.queries import factors_of, unseen_codes

GOOD = "Spring-2026-rain"
HTMX = {"HTTP_HX_REQUEST": "true"}


def change(browser, **fields):
    sent = {"present": PASSWORD, "new": GOOD, "again": GOOD, **fields}
    return browser.post("/account/password/", sent)


def test_the_page_tells_where_one_is_logged_in(sign_in, manager, words):
    sign_in(manager, headers={"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"})

    body = words(sign_in(manager).get("/account/"))

    assert "This session" in body
    assert body.count("Unknown device") == 2
    assert "End all others" in body


def test_the_page_asks_no_more_of_the_database_with_more_sessions(
    sign_in, manager, django_assert_max_num_queries
):
    browser = sign_in(manager)
    for _session in range(8):
        sign_in(manager)

    with django_assert_max_num_queries(14):
        browser.get("/account/")


def test_the_person_menu_leads_to_the_account(sign_in, manager, words):
    assert 'href="/account/"' in words(sign_in(manager).get("/account/"))


class TestPassword:
    def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(self, sign_in, manager):
        here, there = sign_in(manager), sign_in(manager)

        response = change(here)

        assert response["Location"] == "/account/"
        assert here.get("/account/").status_code == 200
        assert there.get("/account/").status_code == 302
        assert SignIn.objects.get(ended_at=None).session_key == here.session.session_key

    @pytest.mark.parametrize(
        ("fields", "told"),
        [
            ({"present": "wrong"}, "not your present password"),
            ({"again": "other"}, "The two passwords differ"),
            ({"new": "short-1A", "again": "short-1A"}, "at least 10 characters"),
            ({"new": PASSWORD, "again": PASSWORD}, "your last 5 passwords"),
        ],
    )
    def test_what_is_wrong_is_told_at_its_field(self, sign_in, manager, words, fields, told):
        response = change(sign_in(manager), **fields)

        assert response.status_code == 422
        assert told in words(response)
        assert PASSWORD not in words(response)

    def test_guessing_the_present_password_locks(self, sign_in, manager):
        browser = sign_in(manager)

        statuses = [change(browser, present="wrong").status_code for _attempt in range(5)]

        assert statuses[-1] == 429


class TestDuties:
    def test_a_given_password_leads_to_its_change_before_anything_else(self, sign_in, manager):
        type(manager).objects.update(must_change_password=True)
        browser = sign_in(manager)

        assert browser.get("/todos/")["Location"] == "/account/password/"
        assert browser.get("/todos/", **HTMX)["HX-Redirect"] == "/account/password/"
        page = {"HTTP_HX_CURRENT_URL": "http://testserver/account/password/"}
        assert browser.get("/todos/badge/", **HTMX, **page).status_code == 204
        assert (
            browser.post("/people/reveal/customers.customer/1/")["Location"]
            == "/account/password/"
        )
        change(browser)
        assert browser.get("/account/").status_code == 200

    def test_an_old_password_leads_to_its_change(self, sign_in, manager, settings, words):
        changed_at = timezone.now() - timedelta(days=90)
        type(manager).objects.update(password_changed_at=changed_at)
        browser = sign_in(manager)

        assert browser.get("/")["Location"] == "/account/password/"
        assert "Your password dates from" in words(browser.get("/account/password/"))
        settings.PASSWORD_DAYS = 0
        assert browser.get("/account/").status_code == 200

    def test_log_out_language_and_theme_stay_possible(self, sign_in, manager):
        type(manager).objects.update(must_change_password=True)
        browser = sign_in(manager)

        assert browser.post("/ui/language/", {"language": "en"})["Location"] == "/"
        assert browser.post("/ui/theme/", {"theme": "dark"})["Location"] == "/"
        assert browser.post("/ui/logout/")["Location"] == "/ui/login/"

    def test_a_role_that_needs_a_second_factor_leads_to_its_set_up(
        self, sign_in, manager, supervisor, settings, telephone
    ):
        settings.SECOND_FACTOR_ROLES = frozenset({"ACCOUNT_MANAGER"})
        browser = sign_in(manager)

        assert browser.get("/customers/")["Location"] == "/account/app/"
        assert sign_in(supervisor).get("/customers/").status_code == 200
        page = browser.get("/account/app/")
        telephone.secret = "".join(page.context["secret"])
        browser.post("/account/app/", {"code": telephone.code_at(timezone.now())})
        assert browser.get("/account/codes/").status_code == 200
        assert browser.get("/customers/").status_code == 200


class TestFactors:
    @pytest.fixture
    def browser(self, sign_in, manager):
        """A browser of the manager, signed in a moment ago."""
        return sign_in(manager)

    def test_an_app_is_set_up_and_its_recovery_codes_shown(
        self, browser, manager, telephone, words
    ):
        telephone.secret = "".join(browser.get("/account/app/").context["secret"])

        response = browser.post("/account/app/", {"code": telephone.code_at(timezone.now())})

        assert response["Location"] == "/account/codes/"
        assert factors_of(manager).app_since
        first = unseen_codes(manager)[0]
        assert f"{first[:4]} {first[4:]}" in words(browser.get("/account/codes/"))
        browser.post("/account/codes/")
        assert browser.get("/account/codes/")["Location"] == "/account/"

    def test_a_wrong_code_is_told_and_the_secret_stays_the_same(self, browser, words):
        secret = browser.get("/account/app/").context["secret"]

        response = browser.post("/account/app/", {"code": "000000"})

        assert response.status_code == 422
        assert response.context["secret"] == secret

    def test_an_invented_passkey_is_not_kept(self, browser, manager):
        browser.get("/account/passkeys/add/")

        response = browser.post("/account/passkeys/add/", {"name": "x", "credential": "{}"})

        assert response.status_code == 422
        assert not factors_of(manager).is_any

    def test_factors_change_only_with_fresh_proof(self, browser, manager, telephone, words):
        telephone.set_up_for(manager, timezone.now())
        session = browser.session
        session["sign_in_proved_at"] = 0
        session.save()

        assert browser.post("/account/app/remove/")["Location"].startswith("/account/confirm/")
        assert browser.get("/account/passkeys/add/").status_code == 302
        goal = {"next": "/account/passkeys/add/"}
        assert browser.post("/account/confirm/", {"password": "x", **goal}).status_code == 422
        sent = {"password": PASSWORD, **goal}
        assert browser.post("/account/confirm/", sent)["Location"] == goal["next"]
        assert browser.post("/account/app/remove/")["Location"] == "/account/"
        assert not factors_of(manager).is_any

    @pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example"])
    def test_the_proof_never_leads_to_another_site(self, browser, elsewhere):
        sent = {"password": PASSWORD, "next": elsewhere}

        assert browser.post("/account/confirm/", sent)["Location"] == "/account/"


class TestSessions:
    def test_a_session_elsewhere_is_ended(self, sign_in, manager):
        here, there = sign_in(manager), sign_in(manager)
        session = SignIn.objects.get(session_key=there.session.session_key)

        here.post(f"/account/sessions/{session.pk}/end/")

        assert there.get("/account/").status_code == 302
        assert here.get("/account/").status_code == 200

    def test_nobody_ends_the_session_of_somebody_else(self, sign_in, manager, colleague):
        theirs = sign_in(colleague)
        session = SignIn.objects.get(session_key=theirs.session.session_key)

        assert sign_in(manager).post(f"/account/sessions/{session.pk}/end/").status_code == 404
        assert theirs.get("/account/").status_code == 200

    def test_all_others_are_ended_at_once(self, sign_in, manager):
        here, *others = (sign_in(manager) for _browser in range(3))

        here.post("/account/sessions/end/")

        assert [browser.get("/account/").status_code for browser in others] == [302, 302]
        assert here.get("/account/").status_code == 200

    @pytest.mark.parametrize(
        "url", ["/account/password/", "/account/sessions/end/", "/account/app/remove/"]
    )
    def test_forms_of_the_account_need_their_token(self, manager, url):
        browser = Client(enforce_csrf_checks=True)
        browser.force_login(manager, backend="django.contrib.auth.backends.ModelBackend")

        assert browser.post(url).status_code == 403
