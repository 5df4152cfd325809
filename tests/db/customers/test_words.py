"""The index of words: it says what the rule says, on both databases, and follows every change."""

import random

import pytest
from django.db import connection
from tests.factories.customers import CustomerFactory, GroupFactory

from dakehu.audit.operations import save_record
from dakehu.common.chinese import search_text
from dakehu.common.words import Search, told_words
from dakehu.customers import queries
from dakehu.customers.models import Contact, Customer, CustomerWords
from dakehu.customers.operations import refresh_words

pytestmark = pytest.mark.django_db

LETTERS = "王李张重庆单晓霞国际ab1"
TYPED = (
    "王",
    "王李",
    "zhang",
    "chongq",
    "cq",
    "sxx",
    "a",
    "ab1",
    "国际 王",
    "0001",
    "01s0",
    "单晓霞",
)


def names(count: int) -> list[str]:
    """Return names of few letters, so that searches hit some and miss some."""
    dice = random.Random(7)
    return ["".join(dice.choices(LETTERS, k=dice.randint(1, 5))) for _ in range(count)]


def found(people, typed: str) -> set[int]:
    """Return the customers that a search of the administrator finds."""
    visible = queries.customers_visible_to(people.administrator)
    return set(visible.matching(typed).values_list("pk", flat=True))


@pytest.mark.parametrize(("few", "many"), [(500, 20_000), (3, 20_000), (3, 4)])
def test_the_database_finds_what_the_rule_finds(people, monkeypatch, few, many):
    monkeypatch.setattr("dakehu.customers.querysets.FEW", few)
    monkeypatch.setattr("dakehu.customers.querysets.SOME", many)
    monkeypatch.setattr("dakehu.customers.querysets.MANY", many)
    monkeypatch.setattr("dakehu.customers.queries.finding.FEW", few)
    rows = [CustomerFactory(name=name, manager=people.manager) for name in names(60)]
    refresh_words()
    told = {
        row.pk: told_words(mark="", number=row.number, name=row.name, tail=str(row.phone)[-4:])
        for row in rows
    }

    for typed in TYPED:
        expected = {pk for pk, words in told.items() if Search.of(typed).finds(words)}
        assert found(people, typed) == expected, typed
        hits = queries.search(people.administrator, typed, limit=100)["INDIVIDUAL"]
        assert {row.pk for row in hits.records} == expected, typed


def test_refreshing_twice_tells_nothing_anew(people):
    CustomerFactory(manager=people.manager)
    GroupFactory(manager=people.manager)

    assert refresh_words() == 2
    assert refresh_words() == 0


def test_a_file_that_renames_a_customer_is_followed_by_the_next_refresh(people):
    customer = CustomerFactory(name="王伟", manager=people.manager)
    refresh_words()
    Customer.objects.filter(pk=customer.pk).update(name="赵敏")

    refresh_words()

    assert found(people, "赵敏") == {customer.pk}
    assert found(people, "王伟") == set()


def test_a_customer_too_new_for_the_index_is_found_all_the_same(people):
    CustomerFactory(name="王伟", manager=people.manager)
    refresh_words()
    newer = CustomerFactory(name="欧阳明", manager=people.manager, phone="13912349999")

    assert found(people, "欧阳") == {newer.pk}
    assert found(people, "9999") == {newer.pk}
    assert not CustomerWords.objects.filter(pk=newer.pk).exists()


def test_what_people_change_is_told_at_once(people, at):
    customer = CustomerFactory(name="王伟", manager=people.manager)
    group = GroupFactory(manager=people.manager)
    person = Contact.objects.create(customer=group, role="CONTACT", name="刘洋")
    refresh_words()
    customer.name, person.name = "钱多多", "孙悦"
    customer.search = search_text(customer.number, customer.name)

    save_record(customer, by=people.manager, at=at)
    save_record(person, by=people.manager, at=at)

    assert found(people, "qdd") == {customer.pk}
    assert found(people, "王伟") == set()
    hits = queries.search_contacts(people.manager, "孙悦", limit=5)
    assert [each.pk for each in hits.records] == [person.pk]
    assert not queries.search_contacts(people.manager, "刘洋", limit=5).records


def test_a_person_of_a_group_out_of_reach_is_not_found(people):
    group = GroupFactory(manager=people.stranger, number="02G1")
    Contact.objects.create(customer=group, role="CONTACT", name="刘洋")
    refresh_words()

    assert not queries.search_contacts(people.manager, "刘洋", limit=5).records
    assert queries.search_contacts(people.stranger, "刘洋", limit=5).records


@pytest.mark.parametrize("few", [500, 1])
def test_who_has_the_whole_word_comes_first_and_every_kind_on_its_own(people, monkeypatch, few):
    monkeypatch.setattr("dakehu.customers.querysets.FEW", few)
    monkeypatch.setattr("dakehu.customers.queries.finding.FEW", few)
    for name in ("王伟平", "王伟民", "王伟"):
        CustomerFactory(name=name, manager=people.manager)
    GroupFactory(name="王伟记餐饮", manager=people.manager)
    refresh_words()

    hits = queries.search(people.manager, "王伟", limit=2)

    assert hits["INDIVIDUAL"].records[0].name == "王伟"
    assert len(hits["INDIVIDUAL"].records) == 2
    assert hits["INDIVIDUAL"].has_more
    assert [each.name for each in hits["GROUP"].records] == ["王伟记餐饮"]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps no figures of words")
def test_postgresql_keeps_figures_enough_to_tell_frequent_words():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attrelid::regclass::text, attstattarget FROM pg_attribute WHERE attname = "
            "'words' AND attrelid::regclass::text LIKE 'customers_%words' ORDER BY 1"
        )
        kept = cursor.fetchall()

    assert kept == [("customers_contactwords", 1000), ("customers_customerwords", 1000)]


def test_whether_all_is_told_is_asked_once_for_a_search(people, django_assert_num_queries):
    refresh_words()
    customers = Customer.objects.all()
    assert customers.is_told

    with django_assert_num_queries(1):
        assert not customers.filter(kind="GROUP").keys_of(Search.of("王"))
