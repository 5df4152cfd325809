"""A browser that nobody has signed in with, a telephone, and words of a page."""

import html
from collections.abc import Callable

import pytest


@pytest.fixture(autouse=True)
def english_site(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def words() -> Callable[..., str]:
    """Return a function that gives the text of an answer."""
    return lambda response: html.unescape(response.content.decode())


@pytest.fixture
def type_password(client) -> Callable:
    """Return a function that logs a browser in with a password, as far as that goes."""
    from tests.factories.people import PASSWORD

    def typed(staff, password=PASSWORD, browser=client, **fields):
        sent = {"username": staff.username, "password": password, **fields}
        return browser.post("/ui/login/", sent, REMOTE_ADDR="10.0.0.1")

    return typed


@pytest.fixture
def telephone():
    """A telephone with an authenticator app that is nobody's second factor yet."""
    from tests.factories.signin import Telephone

    return Telephone()


@pytest.fixture
def clock():
    """The clock of the site, standing still until it is moved."""
    import time_machine

    with time_machine.travel("2026-03-02T09:30:00+08:00", tick=False) as traveller:
        yield traveller
