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


def test_suggestions_show_the_first_of_each_kind_while_typing(sign_in, people, known):
    text = sign_in(people.supervisor).get("/search/suggestions/", {"q": "bhg"}).content.decode()

    assert "<mark>滨海港</mark>" in text
    assert f"/customer/{known.group.pk}/" in text
    assert 'role="option"' in text
    assert "<html" not in text


def test_suggestions_are_recorded_and_masked(sign_in, people, known):
    response = sign_in(people.supervisor).get("/search/suggestions/", {"q": "01s"})

    assert "13812345678" not in response.content.decode()
    assert Access.objects.filter(verb=AccessVerb.SEARCHED).count() == 1


def test_people_of_groups_staff_and_units_are_found_too(sign_in, people, known):
    from dakehu.customers.models import Contact

    Contact.objects.create(customer=known.group, role="LEADER", name="王芳华", search="王芳华")

    text = search(sign_in(people.supervisor), "王芳").content.decode()

    assert f"/people/staff/{people.manager.pk}/" in text
    assert f"/customer/{known.group.pk}/" in text


def test_who_may_not_read_files_of_staff_finds_none(sign_in, people, known):
    text = search(sign_in(people.hotline_agent), "王芳").content.decode()

    assert f"/people/staff/{people.manager.pk}/" not in text


def test_a_name_cannot_smuggle_markup_into_the_suggestions(sign_in, people, known):
    known.own.name = "<script>张"
    known.own.search = "<script>张"
    known.own.save()

    text = sign_in(people.supervisor).get("/search/suggestions/", {"q": "script"}).content.decode()

    assert "<script>" not in text
    assert "&lt;<mark>script</mark>&gt;" in text


def test_the_number_of_queries_does_not_grow_with_what_is_found(
    sign_in, people, django_assert_max_num_queries
):
    from tests.factories.customers import CustomerFactory

    for _ in range(25):
        CustomerFactory(manager=people.manager, name="张伟")
    client = sign_in(people.supervisor)
    client.get("/")

    with django_assert_max_num_queries(45):
        search(client, "张伟")
