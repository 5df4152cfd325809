"""Signatures, the schedule of tries, and the addresses that events may not go to."""

import base64
import hmac
import itertools
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from ipaddress import ip_address

import pytest
from tools.stages import ROOT

from dakehu.common.posting import is_public
from dakehu.hooks import rules

AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
CLOSED = [
    *("127.0.0.1", "127.8.9.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255"),
    *("192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.2.1", "198.18.0.1", "203.0.113.9"),
    *("224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "fd12::1", "ff02::1"),
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1"),
    *("64:ff9b::a00:1", "2002:7f00:1::", "2002:a00:1::", "2001:db8::1"),
]
OPEN = ["8.8.8.8", "1.1.1.1", "2400:3200::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]


@pytest.mark.parametrize("address", CLOSED)
def test_an_address_of_a_closed_network_is_not_public(address):
    assert not is_public(ip_address(address))
    assert not rules.may_reach(ip_address(address), [], is_plain=False)


@pytest.mark.parametrize("address", OPEN)
def test_an_address_of_the_open_network_is_reached_encrypted_only(address):
    assert rules.may_reach(ip_address(address), [], is_plain=False)
    assert not rules.may_reach(ip_address(address), ["10.0.0.0/8"], is_plain=True)


def test_a_network_that_the_installation_names_is_reached():
    for address in ("10.1.2.3", "::ffff:10.1.2.3"):
        assert rules.may_reach(ip_address(address), ["10.0.0.0/8"], is_plain=True)
    assert not rules.may_reach(ip_address("192.168.1.1"), ["10.0.0.0/8"], is_plain=False)


@pytest.mark.parametrize(
    ("scheme", "rest", "fault"),
    [
        ("https", "crm.example.com/events", ""),
        ("https", "crm.example.com:8443/events?a=1", ""),
        ("https", "8.8.8.8/", ""),
        ("http", "crm.example.com/", "plain"),
        ("ftp", "crm.example.com/", "unread"),
        ("", "crm.example.com", "unread"),
        ("https", "", "unread"),
        ("https", "crm.example.com:99999/", "unread"),
        ("https", "[::1/", "unread"),
        ("https", "me:secret@crm.example.com/", "password"),
        ("https", "crm.example.com/#part", "fragment"),
        ("https", "localhost/", "own"),
        ("https", "db.internal/", "own"),
        ("https", "127.0.0.1/", "own"),
        ("https", "[::1]/", "own"),
        ("https", "10.0.0.7/", "own"),
        ("https", "169.254.169.254/latest/meta-data", "own"),
    ],
)
def test_an_address_is_read_when_it_is_typed(scheme, rest, fault):
    assert rules.address_fault(f"{scheme}://{rest}", []) == fault


def test_a_plain_address_is_taken_within_a_named_network():
    for host, fault in (("10.0.0.7", ""), ("8.8.8.8", "own")):
        assert rules.address_fault(f"http://{host}/", ["10.0.0.0/8"]) == fault


def test_tries_come_further_and_further_apart_until_three_days_are_over():
    instants, tries, at = [], 0, AT
    while at is not None:
        instants.append(at)
        tries += 1
        at = rules.next_try(tries, AT, at)
    gaps = [later - earlier for earlier, later in itertools.pairwise(instants)]

    assert gaps[:4] == [timedelta(seconds=each) for each in (5, 30, 120, 600)]
    assert gaps == sorted(gaps)
    assert AT + timedelta(days=2) < instants[-1] <= AT + rules.GIVE_UP


def test_a_signature_is_what_the_standard_says():
    secret = rules.secret_for("key of the installation", "abc", 1)
    body = rules.body_of("case.closed", AT, {"b": 1, "a": "中"})
    signed = f"evt_1.{int(AT.timestamp())}.".encode() + body
    expected = hmac.new(base64.b64decode(secret[6:]), signed, sha256).digest()

    headers = rules.headers_for("evt_1", AT, body, [secret])

    assert headers["webhook-signature"] == "v1," + base64.b64encode(expected).decode()
    assert body.decode() == (
        '{"data":{"a":"中","b":1},"timestamp":"2026-03-02T01:30:00.000+00:00","type":"case.closed"}'
    )
    others = {
        rules.secret_for("key of the installation", "abc", 2),
        rules.secret_for("x", "abc", 1),
    }
    assert secret not in others


@pytest.mark.parametrize("with_people", [True, False])
@pytest.mark.parametrize("is_partner", [True, False])
@pytest.mark.parametrize("is_key", [True, False])
def test_who_is_told_of_people(with_people, is_partner, is_key):
    told = rules.sees_people(with_people=with_people, is_partner=is_partner, is_key=is_key)

    assert told == (with_people and (not is_partner or not is_key))


def test_the_example_of_the_documents_tells_true_from_false():
    text = (ROOT / "docs/how-to/receive-events.md").read_text("utf-8")
    code = text.partition("```python\n")[2].partition("```")[0]
    known = {"__name__": "receiver"}
    exec(code, known)
    known["SECRET"] = rules.secret_for("key", "abc", 1)
    headers = rules.headers_for("evt_1", datetime.now(UTC), b"{}", [known["SECRET"]])
    old = rules.headers_for("evt_1", AT, b"{}", [known["SECRET"]])

    assert known["is_genuine"](headers, b"{}")
    assert not known["is_genuine"](headers, b"{ }")
    assert not known["is_genuine"](old, b"{}")
