"""Every form of the site: taken with its token only, and answered to this site only."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.sharing import own_share
from tests.factories.things import make_things
from tests.web.permission_matrix import ADDRESSES, KEYED

FORMS = {
    name: address
    for name, address in ADDRESSES.items()
    if address.post is not None and name not in KEYED
}
ELSEWHERE = ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)")


@pytest.fixture
def browser(administrator):
    """A browser of the administrator that forges nothing and forgets no check."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(administrator, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def urls(people, customers, home):
    """The address of every form."""
    things = make_things(people, customers)
    return {name: reverse(name, args=address.arguments(things)) for name, address in FORMS.items()}


def test_no_form_is_taken_without_its_token(browser, urls):
    taken = {
        name: answer.status_code
        for name, url in urls.items()
        if (answer := browser.post(url, FORMS[name].post)).status_code != 403
    }

    assert taken == {}


@pytest.mark.parametrize("elsewhere", own_share(ELSEWHERE))
def test_no_form_leads_to_another_site(sign_in, administrator, urls, elsewhere):
    browser = sign_in(administrator)
    led = {}
    for name, url in urls.items():
        if name == "ui:logout":
            continue
        answer = browser.post(f"{url}?next={elsewhere}", {**FORMS[name].post, "next": elsewhere})
        goal = answer.headers.get("Location", "") + answer.headers.get("HX-Redirect", "")
        if "evil" in goal or "javascript" in goal:
            led[name] = goal

    assert led == {}
