"""`dakehu stream` as a process: hears of rings by the table, and ends with streams open (W14)."""

import http.client
import socket
from time import monotonic

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from tests.factories.alerts import TodoFactory
from tests.factories.streams import running_stream

from dakehu.exchange.management.commands.run import listener_for
from dakehu.live.operations import ring

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_page_hears_within_two_seconds_and_the_process_ends_at_once(sign_in, people, customers):
    cookie = f"sessionid={sign_in(people.manager).cookies['sessionid'].value}"
    todo = TodoFactory(alert__customer=customers.own)
    with running_stream() as (process, port):
        asking = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        asking.request("GET", "/live/stream/", headers={"Cookie": cookie})
        stream = asking.getresponse()
        assert stream.status == 200
        assert stream.readline() == b"retry: 2000\n"

        ring(todo=todo, staff_ids=[people.manager.pk], at=timezone.now())
        rung_at = monotonic()
        heard = [stream.readline() for _number in range(3)]
        heard_after = monotonic() - rung_at
        process.terminate()
        left = process.wait(20)

    assert heard[1:] == [b"event: news\n", b"data: 1\n"]
    assert heard_after < 20
    assert left == 0
    assert b"data" not in stream.read()
    asking.close()


def test_a_taken_port_is_refused_in_words(english):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(CommandError, match="cannot be listened on"):
            call_command("stream", port=port)
        with pytest.raises(CommandError, match="is taken"):
            listener_for("127.0.0.1", port - 1, port)


def test_without_a_wish_another_port_does_where_the_next_one_is_taken():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        beside = taken.getsockname()[1] - 1

        with listener_for("127.0.0.1", beside, None) as listener:
            assert listener.getsockname()[1] not in {0, beside, beside + 1}
