"""Single sign-on: off by default, matched to staff and never making any, believed when signed."""

import http.client
from urllib.parse import urlsplit

import pytest

from dakehu.audit.models import Change
from dakehu.people.models import Staff
from dakehu.signin.models import SignIn
from dakehu.signin.queries import identity_of

REFUSED = "did not confirm who you are"


@pytest.fixture
def site(settings):
    """The company's single sign-on; it vouches for the manager."""
    from tests.factories.oidc import CLIENT, SECRET, SingleSignOn

    server = SingleSignOn()
    settings.OIDC_URL, settings.OIDC_CLIENT, settings.OIDC_SECRET = server.url, CLIENT, SECRET
    yield server
    server.close()


@pytest.fixture
def come_back(client):
    """Return a function that goes to the single sign-on and comes back with its answer."""

    def follow(url):
        parts = urlsplit(url)
        line = http.client.HTTPConnection(parts.hostname, parts.port, timeout=10)
        line.request("GET", f"{parts.path}?{parts.query}")
        return line.getresponse().getheader("Location")

    def come(goal="", browser=client):
        there = browser.get("/account/sso/", {"next": goal} if goal else {})
        back = urlsplit(follow(there["Location"]))
        return browser.get(f"{back.path}?{back.query}")

    return come


def test_without_a_server_there_is_none(client, db, words):
    assert client.get("/account/sso/").status_code == 404
    assert client.get("/account/sso/callback/").status_code == 404
    assert "/account/sso/" not in words(client.get("/ui/login/"))


@pytest.mark.usefixtures("site")
def test_log_in_offers_it_under_the_name_the_company_gave_it(client, db, settings, words):
    assert "Single sign-on" in words(client.get("/ui/login/"))
    settings.OIDC_NAME = "4A"
    assert "Log in with 4A" in words(client.get("/ui/login/"))


@pytest.mark.usefixtures("site")
def test_whom_the_server_vouches_for_is_let_in_where_they_wanted(client, manager, come_back):
    response = come_back("/todos/?open=1")

    assert response["Location"] == "/todos/?open=1"
    session = SignIn.objects.get()
    assert (session.staff, session.method, session.is_proved_twice) == (manager, "SSO", True)


@pytest.mark.usefixtures("site")
def test_the_first_log_in_ties_the_account_on_record(manager, come_back):
    come_back()

    assert identity_of(manager) == "4711"
    assert Change.objects.get().fields == {"single_sign_on": ["", "4711"]}


def test_the_lasting_number_counts_once_the_account_is_tied(manager, colleague, site, come_back):
    come_back()
    site.told["preferred_username"] = colleague.username

    come_back()

    assert set(SignIn.objects.values_list("staff", flat=True)) == {manager.pk}


def test_another_identity_of_the_same_name_is_not_let_in(manager, site, client, come_back, words):
    come_back()
    client.post("/ui/logout/")
    site.told["sub"] = "4712"

    response = come_back()

    assert response.status_code == 403
    assert "tied to another identity" in words(response)
    assert client.get("/account/").status_code == 302


@pytest.mark.parametrize("name", ["nobody", "", None, ["manager"], "MANAGER ", 7])
def test_nobody_is_made_for_a_name_that_is_not_known(manager, site, come_back, words, name):
    site.told["preferred_username"] = name
    before = Staff.objects.count()

    response = come_back()

    assert response.status_code == 403
    assert "no account in Dakehu" in words(response)
    assert Staff.objects.count() == before


def test_the_staff_number_may_count_instead_of_the_user_name(manager, site, settings, come_back):
    settings.OIDC_MATCH, settings.OIDC_CLAIM = "staff_no", "employee"
    site.told["employee"] = manager.staff_no

    assert come_back().status_code == 302
    assert identity_of(manager)


@pytest.mark.usefixtures("site")
def test_a_closed_account_is_not_let_in(manager, come_back, words):
    Staff.objects.filter(pk=manager.pk).update(is_active=False)

    assert "This account is closed" in words(come_back())


@pytest.mark.parametrize("sign", ["sign_with_other_key", "sign_not", "sign_with_shared_secret"])
def test_a_token_that_the_server_did_not_sign_lets_nobody_in(
    client, manager, site, come_back, words, sign
):
    site.sign = getattr(site, sign)

    assert REFUSED in words(come_back())
    assert client.get("/account/").status_code == 302


@pytest.mark.parametrize(
    "spoiled",
    [
        {"iss": "https://evil.example"},
        {"aud": "somebody else"},
        {"exp": 1_000_000_000},
        {"sub": 7},
    ],
)
def test_a_token_for_others_or_of_yesterday_lets_nobody_in(
    manager, site, come_back, words, spoiled
):
    site.spoiled = spoiled

    assert REFUSED in words(come_back())


def test_user_info_about_somebody_else_lets_nobody_in(manager, site, come_back, words):
    site.user_info = {"sub": "4712", "preferred_username": "administrator"}

    assert REFUSED in words(come_back())


@pytest.mark.usefixtures("site", "manager")
@pytest.mark.parametrize("query", ["", "?state=x&code=y", "?error=access_denied", "?code=y"])
def test_an_answer_that_nobody_asked_for_lets_nobody_in(client, words, query):
    assert REFUSED in words(client.get(f"/account/sso/callback/{query}"))
    assert client.get("/account/").status_code == 302


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example"])
def test_single_sign_on_never_leads_to_another_site(manager, come_back, elsewhere):
    assert come_back(elsewhere)["Location"] == "/"


def test_a_server_that_does_not_answer_is_told(client, db, settings, words):
    settings.OIDC_URL = "http://127.0.0.1:9"

    response = client.get("/account/sso/")

    assert response.status_code == 503
    assert "cannot be reached" in words(response)


@pytest.mark.usefixtures("site")
def test_an_administrator_unties_an_account(manager, administrator, come_back, sign_in):
    come_back()

    sign_in(administrator).post(f"/account/staff/{manager.pk}/identity/untie/")

    assert identity_of(manager) == ""
