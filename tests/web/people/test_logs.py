"""The logs on screen: who saw and who changed what, within one's units; and one's own log."""

import pytest
from django.urls import reverse

from dakehu.audit.choices import SUBJECT_WORDS, AccessVerb
from dakehu.audit.models import Access
from dakehu.audit.operations import record_access, save_record
from dakehu.audit.queries.naming import FIELD_WORDS
from dakehu.audit.queries.recorded import tracked_fields

ENGLISH = {"headers": {"Accept-Language": "en"}}


@pytest.fixture
def looks(people, customers, at):
    """What a manager of city 01 and one of city 02 looked at."""
    for person, customer in (
        (people.manager, customers.own),
        (people.stranger, customers.strangers),
    ):
        record_access(verb=AccessVerb.VIEWED, by=person, at=at, subject=customer)
    record_access(
        verb=AccessVerb.REVEALED,
        by=people.manager,
        at=at,
        subject=customers.own,
        detail="phone",
        purpose="VERIFY",
    )
    record_access(verb=AccessVerb.SEARCHED, by=people.manager, at=at, detail="张伟 [3]")
    record_access(
        verb=AccessVerb.EXPORTED, by=people.manager, at=at, detail="customers:list 12 [kind]"
    )


@pytest.fixture
def changes(people, customers, at):
    """What the manager changed."""
    customers.own.brand = "动感地带"
    save_record(customers.own, by=people.manager, at=at, reason="客户要求")
    people.colleague.position = "主任"
    save_record(people.colleague, by=people.manager, at=at)


def page_of(client, name, query="", *args):
    return client.get(reverse(name, args=args) + query).content.decode()


def test_a_leader_reads_what_the_people_of_the_unit_looked_at(sign_in, supervisor, looks, english):
    page = page_of(sign_in(supervisor, **ENGLISH), "people:access_list")

    assert "王芳" in page
    assert "赵敏" not in page
    assert "Telephone number" in page
    assert "To verify who is calling" in page
    assert "张伟 [3]" in page
    assert "12 rows of “Customers” [kind]" in page


def test_who_sees_everything_reads_everything(sign_in, administrator, looks):
    page = page_of(sign_in(administrator), "people:access_list")

    assert "王芳" in page
    assert "赵敏" in page


def test_the_access_log_is_narrowed_by_person_act_record_and_words(
    sign_in, administrator, people, customers, looks
):
    client = sign_in(administrator)
    number = customers.strangers.pk

    for query, there, gone in (
        ("?actor=赵敏", "单晓霞", "张伟"),
        ("?verb=REVEALED", "张伟", "单晓霞"),
        (f"?subject=customers.customer&number={number}", "单晓霞", "张伟"),
        ("?words=晓霞", "单晓霞", "张伟"),
        ("?about=customers", "单晓霞", "12 "),
        ("?at_after=2030-01-01", "", "单晓霞"),
    ):
        page = page_of(client, "people:access_list", query)
        body = page[page.index('id="list-body"') :]
        assert there in body
        assert gone not in body


def test_a_line_leads_to_what_it_is_about(sign_in, administrator, customers, looks):
    page = page_of(sign_in(administrator), "people:access_list")

    assert reverse("desk:customer", args=[customers.own.pk]) in page


def test_a_customers_page_tells_who_looked(sign_in, supervisor, customers, looks, english):
    client = sign_in(supervisor, **ENGLISH)

    page = page_of(client, "people:looks_panel", "", "customer", customers.own.pk)

    assert "王芳" in page
    assert "Revealed" in page
    assert f"subject=customers.customer&amp;number={customers.own.pk}" in page
    empty = page_of(client, "people:looks_panel", "", "customer", customers.colleagues.pk)
    assert "Nobody has looked yet" in empty


def test_the_change_log_tells_old_and_new_values_and_why(sign_in, supervisor, changes, english):
    page = page_of(sign_in(supervisor, **ENGLISH), "people:change_list")

    assert "Brand: 全球通 → 动感地带" in page
    assert "客户要求" in page
    assert "Position: – → 主任" in page


def test_what_the_night_changed_is_for_who_sees_everything(
    sign_in, people, customers, at, english
):
    customers.own.brand = "动感地带"
    save_record(customers.own, by=None, at=at)

    assert "Nightly run" in page_of(sign_in(people.administrator, **ENGLISH), "people:change_list")
    assert "动感地带" not in page_of(sign_in(people.supervisor), "people:change_list")


def test_the_own_log_holds_the_own_changes_counted_by_class(sign_in, people, changes, english):
    page = page_of(sign_in(people.manager, **ENGLISH), "people:own_log")

    assert "动感地带" in page
    assert "Customer files" in page
    assert "People and units" in page
    narrowed = page_of(sign_in(people.manager, **ENGLISH), "people:own_log", "?about=people")
    assert "动感地带" not in narrowed
    assert "动感地带" not in page_of(sign_in(people.supervisor), "people:own_log")


@pytest.mark.parametrize("name", ["people:access_list", "people:change_list"])
def test_a_log_is_taken_away_only_after_a_release(sign_in, supervisor, looks, name):
    response = sign_in(supervisor).get(reverse(name) + "?export=xlsx")

    assert response.status_code in {302, 303}
    assert "spreadsheet" not in response.headers["Content-Type"]


def test_the_number_of_statements_does_not_grow_with_the_log(
    sign_in, administrator, people, at, django_assert_max_num_queries
):
    for _number in range(15):
        record_access(verb=AccessVerb.VIEWED, by=people.manager, at=at, subject=people.colleague)
    client = sign_in(administrator)

    with django_assert_max_num_queries(14):
        page_of(client, "people:access_list")
    assert Access.objects.filter(verb="VIEWED").count() >= 15


def test_every_record_and_field_of_the_log_has_words():
    from django.apps import apps

    models = [apps.get_model(label) for label in SUBJECT_WORDS]

    unnamed = {
        (model._meta.label_lower, field.name)
        for model in models
        for field in tracked_fields(model)
        if field.name not in FIELD_WORDS
    }
    assert unnamed == set()
