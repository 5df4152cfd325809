"""Finding customers: exact numbers, tails, pinyin, initials; every search is recorded."""

import pytest

from dakehu.audit.choices import AccessVerb
from dakehu.audit.models import Access

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(customers):
    customers.own.phone = "13812345678"
    customers.own.save()
    return customers


def search(client, typed):
    return client.get("/search/", {"q": typed})


@pytest.mark.parametrize(
    "typed", ["01S00000101", "13812345678", " 13812345678 ", "5678", "zhangwei", "张伟"]
)
def test_one_hit_without_doubt_is_opened_at_once(sign_in, people, known, typed):
    response = search(sign_in(people.hotline_agent), typed)

    assert response.url == f"/customer/{known.own.pk}/"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("w", set()),
        ("01s", {"own", "colleagues", "unowned"}),
        ("01s 张", {"own"}),
        ("滨海港务", {"group"}),
        ("zw", {"own"}),
        ("shanxiaoxia", set()),
        ("nobody", set()),
    ],
)
def test_only_customers_within_reach_are_found(sign_in, people, known, typed, found):
    client = sign_in(people.hotline_agent)

    text = client.get("/search/", {"q": typed}, follow=True).content.decode()

    for name in ("own", "colleagues", "unowned", "strangers", "group"):
        assert (getattr(known, name).number in text) == (name in found), name


def test_the_phone_stays_masked(sign_in, people, known):
    text = search(sign_in(people.supervisor), "01s").content.decode()

    assert "138****5678" in text
    assert "13812345678" not in text


def test_every_search_is_recorded(sign_in, people, known):
    search(sign_in(people.hotline_agent), "01s")

    access = Access.objects.get(verb=AccessVerb.SEARCHED)
    assert access.actor_id == people.hotline_agent.pk
    assert "01s" in access.detail


def test_a_whole_number_is_recorded_masked(sign_in, people, known):
    search(sign_in(people.hotline_agent), "13812345678")

    assert Access.objects.get(verb=AccessVerb.SEARCHED).detail == "138****5678 [1]"


@pytest.mark.parametrize(
    ("typed", "words"),
    [("", "要找哪位客户"), ("a", "请再输入一些"), ("qqq", "没有找到客户")],
)
def test_finding_nothing_says_what_to_do(sign_in, people, known, typed, words):
    assert words in search(sign_in(people.hotline_agent), typed).content.decode()


def test_a_long_list_is_cut_and_says_so(sign_in, people):
    from tests.factories.customers import CustomerFactory

    for _ in range(31):
        CustomerFactory(manager=people.manager)

    text = search(sign_in(people.supervisor), "张伟").content.decode()

    assert text.count('class="line"') == 30
    assert "仅显示前30条" in text
