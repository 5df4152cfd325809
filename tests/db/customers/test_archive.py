"""What people add to a customer's file: kept, logged, removed, put back, guarded."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from tests.factories.archive import ContactFactory, OpinionFactory

from dakehu.audit.choices import ChangeVerb
from dakehu.audit.errors import EditedMeanwhile
from dakehu.audit.queries import changes_of
from dakehu.customers import operations, queries
from dakehu.customers.choices import DetailKind
from dakehu.customers.errors import UnableToEditCustomer
from dakehu.customers.models import Contact, Customer, PersonProfile

pytestmark = pytest.mark.django_db


def added(customer, kind, *, by, at, **values):
    detail = operations.unsaved(kind, **values)
    return operations.add_detail(customer=customer, detail=detail, by=by, at=at)


def test_a_person_of_a_group_is_found_by_pinyin_and_logged(customers, manager, at):
    contact = added(
        customers.group, DetailKind.CONTACT, by=manager, at=at, role="LEADER", name="郭建国",
        phone="13912345678",
    )  # fmt: skip

    contact.refresh_from_db()
    (change,) = changes_of(contact)
    assert "guojianguo" in contact.search
    assert change.verb == ChangeVerb.CREATED
    assert change.fields["phone"] == ["", "139****5678"]


def test_who_wrote_an_entry_is_kept_with_it(customers, manager, at):
    gift = added(customers.own, DetailKind.GIFT, by=manager, at=at, what="茶叶", on=at.date())

    assert gift.staff == manager


def test_only_one_person_is_the_first_to_call(customers, manager, at):
    first = added(
        customers.group, DetailKind.CONTACT, by=manager, at=at, role="CONTACT", name="甲",
        is_primary=True,
    )  # fmt: skip
    second = added(
        customers.group, DetailKind.CONTACT, by=manager, at=at, role="CONTACT", name="乙",
        is_primary=True,
    )  # fmt: skip

    first.refresh_from_db()
    assert (first.is_primary, second.is_primary) == (False, True)
    assert changes_of(first).first().fields["is_primary"] == [True, False]


def test_people_stand_in_the_order_of_their_say(customers):
    for role in ("USER", "CONTACT", "LEADER", "KEY_PERSON"):
        ContactFactory(customer=customers.group, role=role)

    roles = [contact.role for contact in queries.contacts_of(customers.group)]

    assert roles == ["LEADER", "KEY_PERSON", "CONTACT", "USER"]


def test_an_edit_is_stored_and_logged_with_its_masks(customers, manager, at):
    contact = ContactFactory(customer=customers.own, phone="13912340001")
    contact = queries.get_detail(customers.own, DetailKind.CONTACT, contact.pk)
    contact.phone, contact.position = "13700001234", "主任"

    assert operations.edit_detail(detail=contact, version=1, by=manager, at=at)

    stored = Contact.objects.get(pk=contact.pk)
    assert (stored.phone.plain, stored.version) == ("13700001234", 2)
    assert changes_of(stored).first().fields["phone"] == ["139****0001", "137****1234"]


def test_an_edit_that_changes_nothing_leaves_no_trace(customers, manager, at):
    contact = ContactFactory(customer=customers.own)
    contact = queries.get_detail(customers.own, DetailKind.CONTACT, contact.pk)

    assert not operations.edit_detail(detail=contact, version=1, by=manager, at=at)
    assert not changes_of(contact).exists()


def test_two_edits_of_the_same_field_clash(customers, manager, colleague, at):
    pk = ContactFactory(customer=customers.own, position="科长").pk
    mine = queries.get_detail(customers.own, DetailKind.CONTACT, pk)
    theirs = queries.get_detail(customers.own, DetailKind.CONTACT, pk)
    theirs.position = "处长"
    operations.edit_detail(detail=theirs, version=1, by=colleague, at=at)
    mine.position = "局长"

    with pytest.raises(EditedMeanwhile) as clash:
        operations.edit_detail(detail=mine, version=1, by=manager, at=at)

    (field,) = clash.value.fields
    assert (field.before, field.theirs, field.yours) == ("科长", "处长", "局长")


def test_what_was_removed_can_be_put_back(customers, manager, at):
    contact = ContactFactory(customer=customers.own)

    operations.remove_detail(detail=contact, by=manager, at=at)
    gone = list(queries.details_of(customers.own, DetailKind.CONTACT))
    removed = queries.removed_details_of(customers.own)
    operations.restore_detail(
        detail=queries.get_removed_detail(customers.own, DetailKind.CONTACT, contact.pk),
        by=manager,
        at=at,
    )

    assert gone == []
    assert removed == [(DetailKind.CONTACT, contact)]
    assert list(queries.details_of(customers.own, DetailKind.CONTACT)) == [contact]
    assert [change.verb for change in changes_of(contact)] == ["RESTORED", "REMOVED"]


def test_an_entry_that_somebody_removed_cannot_be_edited(customers, manager, at):
    pk = ContactFactory(customer=customers.own).pk
    contact = queries.get_detail(customers.own, DetailKind.CONTACT, pk)
    operations.remove_detail(detail=contact, by=manager, at=at)
    contact.position = "主任"

    with pytest.raises(UnableToEditCustomer):
        operations.edit_detail(detail=contact, version=2, by=manager, at=at)


def test_entries_of_another_customer_are_not_there(customers):
    contact = ContactFactory(customer=customers.own)

    with pytest.raises(Http404):
        queries.get_detail(customers.colleagues, DetailKind.CONTACT, contact.pk)
    with pytest.raises(Http404):
        queries.get_removed_detail(customers.own, DetailKind.CONTACT, contact.pk)


@pytest.mark.parametrize("gone", ["removed_at", "retained_at"])
def test_a_closed_file_is_not_written_into(customers, manager, at, gone):
    contact = ContactFactory(customer=customers.own)
    Customer.objects.filter(pk=customers.own.pk).update(**{gone: at})

    with pytest.raises(UnableToEditCustomer):
        added(customers.own, DetailKind.GIFT, by=manager, at=at, what="书", on=at.date())
    with pytest.raises(UnableToEditCustomer):
        operations.remove_detail(detail=contact, by=manager, at=at)


def test_who_may_not_edit_adds_nothing(customers, province_analyst, at):
    with pytest.raises(PermissionDenied):
        added(customers.own, DetailKind.GIFT, by=province_analyst, at=at, what="书", on=at.date())


def test_habits_of_a_person_are_begun_and_edited(customers, manager, at):
    begun = operations.unsaved_person(hobbies="钓鱼")
    operations.save_person(customer=customers.own, person=begun, version=1, by=manager, at=at)
    person = queries.person_of(customers.own)
    person.hobbies = "书法"

    operations.save_person(customer=customers.own, person=person, version=1, by=manager, at=at)

    assert PersonProfile.objects.get().hobbies == "书法"
    assert [change.verb for change in changes_of(person)] == ["CHANGED", "CREATED"]


def test_two_who_begin_the_same_file_do_not_overwrite_each_other(customers, manager, at):
    first, second = (operations.unsaved_person(hobbies=each) for each in ("钓鱼", "书法"))
    operations.save_person(customer=customers.own, person=first, version=1, by=manager, at=at)

    with pytest.raises(UnableToEditCustomer):
        operations.save_person(customer=customers.own, person=second, version=1, by=manager, at=at)

    assert PersonProfile.objects.get().hobbies == "钓鱼"


def test_opinions_up_to_an_instant_come_newest_first(customers, at):
    old = OpinionFactory(customer=customers.own, at=at - timedelta(days=9))
    new = OpinionFactory(customer=customers.own, at=at - timedelta(days=1))
    OpinionFactory(customer=customers.own, at=at + timedelta(days=1))

    assert list(queries.opinions_of(customers.own, until=at)) == [new, old]


def test_the_history_of_a_customer_tells_of_its_whole_file(customers, manager, at):
    contact = added(
        customers.own, DetailKind.CONTACT, by=manager, at=at, role="LEADER", name="郭建国"
    )
    operations.remove_detail(detail=contact, by=manager, at=at)
    added(customers.colleagues, DetailKind.GIFT, by=manager, at=at, what="书", on=at.date())

    lines = [
        queries.change_line(change, queries.trail_of(customers.own))
        for change in queries.history_of(customers.own)
    ]

    assert [str(line.what) for line in lines] == ["人员", "人员"]
    assert ("姓名", "", "郭建国") in lines[1].fields
