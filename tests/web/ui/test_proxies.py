"""Behind a proxy: whom it speaks for is believed of the named proxies alone."""

import importlib

import pytest
from django.conf import settings as site_settings


@pytest.fixture
def serve(settings):
    """Return a function that asks the web application as a server does."""
    from granian.utils.proxies import wrap_wsgi_with_proxy_headers

    def ask(peer, **headers):
        seen = {}

        def application(environ, start):
            seen.update(environ)

        scope = {"REMOTE_ADDR": peer, "wsgi.url_scheme": "http", **headers}
        wrap_wsgi_with_proxy_headers(application, settings.TRUSTED_PROXIES)(scope, None)
        return seen["REMOTE_ADDR"], seen["wsgi.url_scheme"]

    return ask


FORWARDED = {"HTTP_X_FORWARDED_FOR": "198.51.100.9", "HTTP_X_FORWARDED_PROTO": "https"}


def test_the_web_application_asks_the_setting():
    wsgi = importlib.import_module("dakehu.config.wsgi")

    assert site_settings.TRUSTED_PROXIES == ["127.0.0.1", "::1"]
    assert wsgi.application.__wrapped__


def test_a_trusted_proxy_tells_who_asks_and_that_it_was_tls(serve):
    assert serve("127.0.0.1", **FORWARDED) == ("198.51.100.9", "https")


def test_a_stranger_cannot_pretend_to_be_somebody_else(serve):
    assert serve("203.0.113.5", **FORWARDED) == ("203.0.113.5", "http")


def test_what_a_browser_adds_to_the_chain_does_not_count(serve):
    chain = {"HTTP_X_FORWARDED_FOR": "10.0.0.1, 198.51.100.9"}

    assert serve("127.0.0.1", **chain)[0] == "198.51.100.9"
