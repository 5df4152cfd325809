"""Messages wait, leave once, are tried again, and are never lost (G5)."""

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from tests.factories.outbox import PHONE, refuse, write

from dakehu.outbox.errors import UnableToSend
from dakehu.outbox.models import Message
from dakehu.outbox.operations import (
    lift_refusal,
    send_due,
    take_up_lost,
    try_again,
    withdraw_message,
)
from dakehu.outbox.operations.gateways import signature


@pytest.fixture
def told(people, customers, at):
    """Write to the manager's customer, as the manager."""

    def tell(**values):
        return write(customers.own, people.manager, at=values.pop("at", at), **values)

    return tell


class Answering(BaseHTTPRequestHandler):
    """A gateway that keeps what it is given and answers what it was told to."""

    status = 200
    taken: list = []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.taken.append((dict(self.headers), body))
        self.send_response(self.status)
        self.end_headers()
        self.wfile.write(b'{"id": "7"}')

    def log_message(self, *_):
        """Keep quiet."""


@pytest.fixture
def gateway(settings):
    """Listen as a gateway of this machine."""
    handler = type("Handler", (Answering,), {"taken": []})
    server = HTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    settings.SMS_URL = f"http://127.0.0.1:{server.server_port}/sms"
    settings.SMS_SECRET = "secret"
    yield handler
    server.shutdown()
    server.server_close()


def state_of(message):
    message.refresh_from_db()
    return message.state


def test_without_a_gateway_messages_wait(told, at):
    message = told()

    assert send_due(at=at) == 0
    assert state_of(message) == "QUEUED"


def test_sms_leave_in_one_file_for_the_gateway(told, at, settings, tmp_path):
    settings.SMS_URL = str(tmp_path)
    first, second = told(text="第一行\n13900000000|假"), told()

    assert send_due(at=at) == 2

    (file,) = tmp_path.iterdir()
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[0] == f"{first.key}|{PHONE}|第一行 13900000000／假"
    assert len(lines) == 2
    assert state_of(second) == "SENT"
    assert second.answer == file.name
    assert send_due(at=at) == 0


def test_a_gateway_gets_signed_messages(told, at, gateway):
    message = told()

    send_due(at=at)

    ((headers, body),) = gateway.taken
    assert json.loads(body)["to"] == PHONE
    assert headers["Idempotency-Key"] == message.key
    assert headers["X-Dakehu-Signature"] == signature("secret", headers["X-Dakehu-Time"], body)
    assert state_of(message) == "SENT"


def test_what_is_refused_for_now_is_tried_again_and_given_up_in_the_end(told, at, gateway):
    gateway.status = 503
    message, now = told(), at

    for _ in range(6):
        assert send_due(at=now) == 1
        now += timedelta(hours=5)

    assert send_due(at=now) == 0
    assert state_of(message) == "FAILED"
    assert message.answer.startswith("HTTP 503")


def test_what_is_refused_for_good_is_not_tried_again_but_by_hand(told, at, gateway, people):
    gateway.status = 400
    message = told()
    send_due(at=at)
    assert state_of(message) == "FAILED"

    gateway.status = 200
    try_again(message=message, by=people.manager, at=at)
    send_due(at=at)

    assert state_of(message) == "SENT"


def test_mail_leaves_with_a_name_that_stays(told, at, settings, mailoutbox):
    settings.MAIL_FROM = "大客户服务 <service@example.com>"
    message = told(way="EMAIL", to="a@example.com", title="账单")

    send_due(at=at)

    (mail,) = mailoutbox
    assert (mail.subject, mail.to) == ("账单", ["a@example.com"])
    assert mail.extra_headers["Message-ID"] == f"<{message.key}@example.com>"


def test_a_sender_that_died_loses_nothing_and_marks_what_may_arrive_twice(
    told, at, settings, tmp_path, monkeypatch
):
    settings.SMS_URL = str(tmp_path)
    message = told()
    dies = "dakehu.outbox.operations.sending.record"
    with monkeypatch.context() as broken:
        broken.setattr(dies, lambda *_, **__: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            send_due(at=at)

    assert state_of(message) == "SENDING"
    assert take_up_lost(at=at + timedelta(minutes=9)) == 0
    later = at + timedelta(minutes=11)
    assert take_up_lost(at=later) == 1
    send_due(at=later)
    assert state_of(message) == "SENT"
    assert message.is_doubtful


def test_the_refusal_list_forbids_in_words_by_purpose(told, people, at):
    refusal = refuse(people.manager, at=at, to=PHONE, purpose="MARKETING")

    with pytest.raises(UnableToSend, match=r"136\*\*\*\*0077"):
        told(purpose="MARKETING")
    told(purpose="SERVICE")

    lift_refusal(refusal=refusal, by=people.supervisor, at=at)
    told(purpose="MARKETING")


def test_a_refusal_holds_back_what_waits_already(told, people, at, settings, tmp_path):
    settings.SMS_URL = str(tmp_path)
    message = told()
    refuse(people.manager, at=at, to=f" {PHONE[:3]} {PHONE[3:]}")

    assert send_due(at=at) == 0
    assert state_of(message) == "REFUSED"


def test_a_customer_gets_only_so_many_whatever_they_are_for(told, at, settings):
    settings.MESSAGE_MARKETING_MOST = 2
    told(purpose="MARKETING")
    told(purpose="MARKETING", to="13612340078")

    with pytest.raises(UnableToSend, match="2"):
        told(purpose="MARKETING", to="13612340079")
    told(purpose="MARKETING", at=at + timedelta(days=31))


@pytest.mark.parametrize(
    ("values", "field"),
    [({"to": "12"}, "to"), ({"to": "a@b", "way": "EMAIL"}, "to"), ({"text": "  "}, "text")],
)
def test_nonsense_is_refused_at_its_input(told, values, field):
    with pytest.raises(UnableToSend) as refusal:
        told(**values)

    assert refusal.value.field == field
    assert not Message.objects.exists()


def test_what_has_left_is_not_withdrawn(told, people, at, settings, tmp_path):
    settings.SMS_URL = str(tmp_path)
    sent, waits = told(), told(at=at + timedelta(hours=1))
    send_due(at=at)

    withdraw_message(message=waits, by=people.manager, at=at)
    with pytest.raises(UnableToSend):
        withdraw_message(message=sent, by=people.manager, at=at)

    assert state_of(waits) == "WITHDRAWN"
    assert send_due(at=at + timedelta(hours=2)) == 0
