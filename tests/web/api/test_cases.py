"""The interface of service requests: opened once, read and listed within reach (CH3, CH7)."""

from datetime import date

import pytest
from django.utils import timezone
from tests.factories.reports import make_client
from tests.factories.tiering import StandingFactory, level_of

from dakehu.cases.models import Case
from dakehu.clocks.models import Clock

URL = "/api/v1/cases"
RIGHTS = frozenset({"requests.open", "requests.read"})


@pytest.fixture
def portal(people, customers):
    """A system that reaches city 01, and its key."""
    return make_client(people, people.units.city, at=timezone.now(), rights=RIGHTS)


@pytest.fixture
def post(client, portal):
    """Return a function that sends a request as another system would."""

    def posted(*, key=portal[1], **changed):
        asked = {
            "request_id": "R-1",
            "kind": "FAULT",
            "channel": "WEBSITE",
            "text": "专线断了。请尽快修。",
            "customer": "01G000105",
            **changed,
        }
        headers = {"authorization": f"Bearer {key}"}
        return client.post(URL, asked, content_type="application/json", headers=headers)

    return posted


@pytest.fixture
def get(client, portal):
    def got(path="", *, key=portal[1], **asked):
        return client.get(f"{URL}{path}", asked, headers={"authorization": f"Bearer {key}"})

    return got


def test_a_request_becomes_a_case_with_clocks_in_a_queue(post, people, customers, portal):
    StandingFactory(
        customer=customers.group, level=level_of("group-abc", 5), active_from=date(2026, 1, 1)
    )

    answer = post(kind="COVERAGE")

    case = Case.objects.get()
    assert answer.status_code == 201
    assert answer.json() == {
        "number": case.number,
        "kind": "COVERAGE",
        "state": "NEW",
        "priority": 2,
        "queue": people.units.district.code,
        "opened_at": answer.json()["opened_at"],
        "due_at": answer.json()["due_at"],
        "closed_at": None,
        "result": "",
    }
    assert (case.customer, case.client, case.first_taker) == (customers.group, portal[0], None)
    assert Clock.objects.get(subject="case", subject_id=case.pk).due_at == case.due_at


def test_sent_again_it_is_the_same_case_and_changed_it_conflicts(post):
    first, again, changed = post(), post(), post(text="别的事")

    assert [first.status_code, again.status_code, changed.status_code] == [201, 200, 409]
    assert first.json() == again.json()
    assert changed.json()["code"] == "request_id_reused"
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"customer": "01G999999"}, 404),
        ({"customer": "02S00000103"}, 404),  # another city's is answered alike
        ({"customer": "", "msisdn": "13711112222"}, 201),  # an unknown caller
        ({"kind": "BATCH"}, 422),
        ({"kind": "SUPPORT"}, 422),
        ({"text": ""}, 422),
        ({"text": "有\x00字"}, 422),
        ({"unknown": 1}, 422),
    ],
)
def test_what_cannot_be_is_refused_at_its_place(post, customers, changed, status):
    assert post(**changed).status_code == status


def test_a_telephone_number_finds_the_customer(post, customers):
    post(customer="", msisdn=customers.own.phone)

    assert Case.objects.get().customer == customers.own


def test_it_is_read_and_listed_within_reach_without_names_of_people(post, get, people, customers):
    numbers = [post(request_id=f"R-{n}").json()["number"] for n in range(3)]
    other = make_client(
        people, people.units.other_city, at=timezone.now(), rights=RIGHTS, name="别市"
    )[1]

    assert get(f"/{numbers[0]}").json()["state"] == "NEW"
    assert get(f"/{numbers[0]}", key=other).status_code == 404
    assert get("/01-260101-99999").status_code == 404
    listed = get(state="NEW", customer="01G000105").json()
    assert [each["number"] for each in listed["cases"]] == numbers[::-1]
    assert [each["number"] for each in get(after=numbers[1]).json()["cases"]] == [numbers[0]]
    assert get(key=other).json() == {"cases": [], "next": None}
    assert customers.group.name not in get().content.decode()


def test_each_right_opens_its_own_door(post, get, people):
    reader = make_client(
        people, people.units.city, at=timezone.now(), rights={"requests.read"}, name="R"
    )[1]

    assert post(key=reader).status_code == 403
    assert get(key=reader).status_code == 200
    assert post(key="dk_wrong").status_code == 401


def test_the_number_of_questions_of_one_request_is_bounded(
    post, customers, django_assert_max_num_queries
):
    StandingFactory(
        customer=customers.group, level=level_of("group-abc", 5), active_from=date(2026, 1, 1)
    )
    post(request_id="warm")

    with django_assert_max_num_queries(30):
        post()
