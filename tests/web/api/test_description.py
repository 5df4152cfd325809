"""The interface answers as its description says, whatever it is asked within and beyond it."""

import json

import pytest
import schemathesis
from django.core import signals
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.generation.modes import GenerationMode
from tests.factories.reports import make_client

from dakehu.config.api import api

EXAMPLES = 40


@pytest.fixture
def one_connection():
    """Requests that leave the connection of the test open, as those of Django's own client do."""
    both = (signals.request_started, signals.request_finished)
    for signal in both:
        signal.disconnect(close_old_connections)
    yield
    for signal in both:
        signal.connect(close_old_connections)


@pytest.fixture
def key(people, customers):
    """The key of a system that may ask as often as it likes."""
    at = timezone.now()
    return make_client(people, people.units.province, at=at, per_minute=6000)[1]


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_every_answer_is_described(key, one_connection, mode):
    schema = schemathesis.openapi.from_dict(json.loads(json.dumps(api.get_openapi_schema())))
    schema.app = get_wsgi_application()
    schema.config.generation.update(modes=[mode])
    operation = schema["/api/v1/leaving-events"]["POST"]

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case):
        if mode is GenerationMode.POSITIVE:
            # What no description can say: when it is, and who is known.
            known = {"at": timezone.now().isoformat(), "sub_id": "01S00000101"}
            case.body.update(known if case.body["event_id"] < "M" else {"at": known["at"]})
        case.call_and_validate(headers={"Authorization": f"Bearer {key}"})

    ask()


def test_everything_that_can_be_answered_is_in_the_description():
    told = api.get_openapi_schema()["paths"]["/api/v1/leaving-events"]["post"]["responses"]

    assert set(map(int, told)) == {200, 201, 400, 401, 403, 404, 409, 413, 422, 429}


def test_whoever_keeps_other_systems_reads_it_on_a_page_of_our_own(sign_in, administrator):
    browser = sign_in(administrator)

    page = browser.get("/api/v1/docs/")
    schema = browser.get("/api/v1/openapi.json")

    assert page.status_code == 200
    for words in ("/api/v1/leaving-events", "event_id", "port_out", "409"):
        assert words in page.content.decode()
    assert schema.json()["openapi"].startswith("3.")


def test_nobody_else_does(sign_in, supervisor, client):
    browser = sign_in(supervisor)

    for url in ("/api/v1/docs/", "/api/v1/openapi.json"):
        assert browser.get(url).status_code == 403
        assert client.get(url).status_code == 302
