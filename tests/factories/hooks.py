"""Systems that are told of events, and one that listens on this machine."""

import base64
import hmac
import json
import threading
import time
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import Any

from dakehu.hooks import operations
from dakehu.hooks.choices import EventKind
from dakehu.hooks.models import Delivery, Event, EventSubscription
from dakehu.hooks.values import SubscriptionDraft

ALL_KINDS = frozenset(each.value for each in EventKind)


def draft(unit: Any, **given: Any) -> SubscriptionDraft:
    """Return a subscription to everything; name what is different."""
    usual = {
        "name": "CRM",
        "url": "https://crm.example.com/events",
        "kinds": ALL_KINDS,
        "with_people": False,
        "is_partner": False,
        "note": "",
    }
    return SubscriptionDraft(unit=unit, **{**usual, **given})


def subscribe(by: Any, unit: Any, *, at: Any, is_settled: bool = True, **given: Any) -> Any:
    """Let a system be told; returns it with its secret. Settled, it counts from ``at``."""
    made, secret = operations.create_subscription(draft(unit, **given), by=by, at=at)
    if is_settled:
        type(made).objects.filter(pk=made.pk).update(since_at=at)
    return made, secret


def make_told(people: Any, *, at: Any) -> Any:
    """Return a subscription of the headquarters, and the delivery of an event that was taken."""
    made, _secret = subscribe(people.administrator, people.units.headquarters, at=at)
    # Where nobody is asked for a name: tests reach this machine only, and events not even that.
    EventSubscription.objects.filter(pk=made.pk).update(url="https://127.0.0.1:9/events")
    event = Event.objects.create(
        code="evt_1", kind="case.opened", at=at, subject="case", subject_id=0, number="1",
        object_version=1, unit=people.units.city, data={"state": "NEW"}, spread_at=at,
    )  # fmt: skip
    delivery = Delivery.objects.create(
        subscription=made, event=event, subject="case", subject_id=0, began_at=at, state="DONE"
    )
    return SimpleNamespace(subscription=made, delivery=delivery)


def is_genuine(headers: Any, body: bytes, secret: str) -> bool:
    """Tell whether a body comes from whoever knows the secret: written as a receiver would."""
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.new(key, signed, sha256).digest()).decode()
    proofs = headers["webhook-signature"].split()
    return any(hmac.compare_digest(f"v1,{expected}", each) for each in proofs)


class Receiver:
    """A system that listens on loopback, and answers what it was told to."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        # What is answered next, one after another; 200 afterwards.
        self.answers: list[int] = []
        self.words, self.pause = b"ok", 0.0
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)

    def handler(self) -> type[BaseHTTPRequestHandler]:
        """Return a handler that keeps what it gets."""
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.got.append(({k.lower(): v for k, v in self.headers.items()}, body))
                time.sleep(receiver.pause)
                self.send_response(receiver.answers.pop(0) if receiver.answers else 200)
                self.send_header("Location", "http://127.0.0.1:1/elsewhere")
                self.end_headers()
                self.wfile.write(receiver.words)

            def log_message(self, *_: Any) -> None:
                """Keep quiet."""

        return Handler

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server.server_port}/events?of=dakehu"

    @property
    def told(self) -> list[tuple[str, str, int]]:
        """What it was told: event number, kind, version of the object."""
        read = [(headers["webhook-id"], json.loads(body)) for headers, body in self.got]
        return [(number, each["type"], each["data"]["version"]) for number, each in read]

    @property
    def kinds(self) -> list[str]:
        """The kinds of events it was told, in order."""
        return [kind for _number, kind, _version in self.told]
