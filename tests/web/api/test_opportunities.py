"""The interface of opportunities: taken in once, read, listed and claimed within reach."""

import pytest
from django.utils import timezone
from tests.factories.opportunities import group_of
from tests.factories.reports import make_client

from dakehu.opportunities.models import Opportunity

URL = "/api/v1/opportunities"
RIGHTS = frozenset({"contacts.take", "contacts.read", "contacts.claim"})


@pytest.fixture
def portal(people):
    """A system that reaches city 01, and its key."""
    return make_client(people, people.units.city, at=timezone.now(), rights=RIGHTS)


@pytest.fixture
def group(people):
    return group_of(people, "B1", manager=people.manager, number="01G777777")


@pytest.fixture
def post(client, portal, group):
    """Return a function that sends a contact as another system would."""

    def posted(path="", *, key=portal[1], **changed):
        asked = {
            "request_id": "R-1",
            "channel": "WEBSITE",
            "named": [{"product": "LEASED_LINE"}],
            "plans": True,
            "customer": "01G777777",
            **changed,
        }
        sent = changed if path else asked
        headers = {"authorization": f"Bearer {key}"}
        return client.post(f"{URL}{path}", sent, content_type="application/json", headers=headers)

    return posted


def test_a_contact_is_routed_offered_and_the_same_again_is_the_same(post, people, portal):
    first, again, changed = post(), post(), post(text="别的事")

    made = Opportunity.objects.get()
    assert [first.status_code, again.status_code, changed.status_code] == [201, 200, 409]
    assert first.json() == again.json()
    assert changed.json()["code"] == "request_id_reused"
    told = first.json()
    assert (told["number"], told["state"], told["rule"], told["with_whom"]) == (
        made.number, "OFFERED", 2, "王芳",
    )  # fmt: skip
    assert (made.client, made.captured_by, made.receiver) == (portal[0], None, people.manager)
    assert told["missing"] == ["BASICS", "CONTACT", "KEY_PERSON", "NEED", "PRESENT"]


@pytest.mark.parametrize(
    ("changed", "status", "code"),
    [
        ({"customer": "01G000000"}, 404, "unknown_customer"),
        ({"customer": "", "area": "99/无此区"}, 404, "unknown_area"),
        ({"customer": ""}, 422, "nobody_named"),
        ({"named": [{"product": "LEASED_LINE"}] * 13}, 422, "invalid"),
        ({"text": "x" * 4001}, 422, "invalid"),
        ({"channel": "PIGEON"}, 422, "invalid"),
        ({"expected_fen": -1}, 422, "invalid"),
        ({"contact_phone": "电话"}, 422, "invalid"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(post, changed, status, code):
    answer = post(**changed)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not Opportunity.objects.exists()


def test_a_prospect_needs_a_name_and_an_area(post, people):
    answer = post(customer="", company="山海食品厂", area=people.units.district.code)

    assert answer.status_code == 201
    assert Opportunity.objects.get().unit == people.units.district


def test_state_list_and_claim(client, post, people, portal):
    made = Opportunity.objects.get(pk=post() and Opportunity.objects.get().pk)
    read = {"headers": {"authorization": f"Bearer {portal[1]}"}}

    claimed = post(f"/{made.number}/claim", person="NO-manager")
    again = post(f"/{made.number}/claim", person="NO-manager")
    other = post(f"/{made.number}/claim", person="NO-colleague")
    nobody = post(f"/{made.number}/claim", person="nobody")

    assert [each.status_code for each in (claimed, again, other, nobody)] == [200, 200, 409, 404]
    assert "王芳" in other.json()["words"]
    one = client.get(f"{URL}/{made.number}", **read).json()
    assert (one["state"], one["with_whom"]) == ("CLAIMED", "王芳")
    assert client.get(f"{URL}/S01-260101-99999", **read).status_code == 404
    listed = client.get(URL, {"state": "CLAIMED"}, **read).json()
    assert [each["number"] for each in listed["opportunities"]] == [made.number]
    assert client.get(URL, {"state": "LOST"}, **read).json()["opportunities"] == []


def test_what_has_not_changed_is_not_sent_again_and_nobody_acts_on_what_has(client, post, portal):
    address = f"{URL}/{post().json()['number']}"
    key = {"authorization": f"Bearer {portal[1]}"}
    seen = client.get(address, headers=key)["ETag"]
    same = client.get(address, headers={**key, "if-none-match": seen})
    asked = {"person": "NO-manager"}
    told = [
        client.post(
            f"{address}/claim",
            asked,
            content_type="application/json",
            headers={**key, "if-match": tag},
        )
        for tag in ('"of-before"', seen, seen)
    ]
    newer = client.get(address, headers={**key, "if-none-match": seen})

    assert (same.status_code, same.content, same["ETag"]) == (304, b"", seen)
    assert [each.status_code for each in told] == [412, 200, 412]
    assert told[0].json()["code"] == "changed_meanwhile"
    assert (newer.status_code, newer.json()["state"]) == (200, "CLAIMED")


def test_a_key_without_the_right_and_another_city_get_nothing(client, post, people):
    made = post().json()["number"]
    now, units = timezone.now(), people.units
    none = make_client(people, units.city, at=now, name="无权", rights=frozenset())[1]
    far = make_client(people, units.other_city, at=now, name="外市", rights=RIGHTS)[1]

    assert post(key=none, request_id="R-2").status_code == 403
    assert post(key=far, request_id="R-2").status_code == 404
    answer = client.get(f"{URL}/{made}", headers={"authorization": f"Bearer {far}"})
    assert answer.status_code == 404
