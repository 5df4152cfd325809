"""Records are written, logged and counted by one hand; a late edit is refused field by field."""

from datetime import date

import pytest
from tests.factories.customers import GroupFactory

from dakehu.audit.choices import ChangeVerb
from dakehu.audit.errors import EditedMeanwhile
from dakehu.audit.events import ChangesRecorded
from dakehu.audit.models import Change
from dakehu.audit.operations import (
    change_rows,
    changes_told_together,
    create_record,
    create_records,
    record_change,
    record_changes,
    remove_record,
    restore_record,
    save_record,
)
from dakehu.audit.queries import changes_of
from dakehu.common import events
from dakehu.customers.models import Contact, Customer, GroupProfile


@pytest.fixture
def group(manager):
    """A group of the manager's."""
    return GroupFactory(manager=manager)


@pytest.fixture
def contact(group, manager, at):
    """A contact of the group, just entered."""
    made = Contact(
        customer=group,
        role="CONTACT",
        name="林涛",
        phone="13812345678",
        birth_date=date(1980, 3, 1),
        department="采购部",
    )
    return create_record(made, by=manager, at=at, reason="visit")


def stored(record):
    """Return a record as it is stored now."""
    return type(record).objects.get(pk=record.pk)


def newest(record):
    """Return the newest change of a record."""
    return changes_of(record).first()


def test_a_new_record_is_logged_with_all_it_begins_with(contact, manager, at):
    change = newest(contact)

    assert (change.verb, change.actor_id, change.at) == ("CREATED", manager.pk, at)
    assert (change.reason, change.version) == ("visit", 1)
    assert change.fields == {
        "customer": ["", "滨海港务集团"],
        "role": ["", "CONTACT"],
        "name": ["", "林涛"],
        "department": ["", "采购部"],
        "phone": ["", "138****5678"],
        "birth_date": ["", "****-03-01"],
    }


def test_many_new_records_are_logged_each(group, manager, at):
    rows = [Contact(customer=group, role="CONTACT", name=name) for name in ("甲", "乙")]

    made = create_records(rows, by=manager, at=at)

    assert [newest(each).fields["name"] for each in made] == [["", "甲"], ["", "乙"]]


def test_only_what_changed_is_stored_and_logged(contact, colleague, at):
    edited = stored(contact)
    edited.position, edited.department = "主任", "采购部"

    assert save_record(edited, by=colleague, at=at, version=1, reason="promoted")

    assert newest(contact).fields == {"position": ["", "主任"]}
    assert (newest(contact).actor_name, newest(contact).version) == ("李强", 2)
    assert (stored(contact).position, stored(contact).version) == ("主任", 2)


def test_a_value_given_as_text_is_no_change(contact, manager, at):
    edited = stored(contact)
    edited.birth_date, edited.phone = "1980-03-01", "13812345678"

    assert not save_record(edited, by=manager, at=at)
    assert stored(contact).version == 1


def test_personal_values_are_logged_masked(contact, manager, at):
    edited = stored(contact)
    edited.phone, edited.birth_date = "13900001111", date(1979, 3, 2)

    save_record(edited, by=manager, at=at)

    assert newest(contact).fields == {
        "phone": ["138****5678", "139****1111"],
        "birth_date": ["****-03-01", "****-03-02"],
    }
    assert stored(contact).phone.plain == "13900001111"


def test_references_are_logged_by_name(group, manager, colleague, at):
    group.manager = colleague

    save_record(group, by=manager, at=at)

    assert newest(group).fields == {"manager": ["王芳", "李强"]}


def test_a_late_edit_of_the_same_field_is_refused_field_by_field(contact, manager, colleague, at):
    first, second = stored(contact), stored(contact)
    first.position, first.note = "主任", "喜欢喝茶"
    save_record(first, by=manager, at=at, version=1)
    second.position, second.department = "处长", "办公室"

    with pytest.raises(EditedMeanwhile) as refused:
        save_record(second, by=colleague, at=at, version=1)

    clashes = {clash.name: clash for clash in refused.value.fields}
    assert refused.value.version == 2
    assert clashes["position"].before == ""
    assert (clashes["position"].theirs, clashes["position"].yours) == ("主任", "处长")
    assert (clashes["position"].is_theirs, clashes["position"].is_yours) == (True, True)
    assert (clashes["department"].is_theirs, clashes["department"].is_yours) == (False, True)
    # The second person never touched the note; theirs would have been lost.
    assert (clashes["note"].is_theirs, clashes["note"].is_yours) == (True, False)
    assert stored(contact).position == "主任"


def test_edits_of_different_fields_do_not_clash(contact, manager, colleague, at):
    first = stored(contact)
    first.position = "主任"
    save_record(first, by=manager, at=at, version=1)
    second = stored(contact)
    second.department = "办公室"

    assert save_record(second, by=colleague, at=at, version=1)

    assert (stored(contact).position, stored(contact).department) == ("主任", "办公室")
    assert stored(contact).version == 3


def test_a_record_read_long_ago_counts_as_a_late_edit(contact, manager, at):
    old, new = stored(contact), stored(contact)
    new.position = "主任"
    save_record(new, by=manager, at=at)
    old.name = "林海"

    with pytest.raises(EditedMeanwhile):
        save_record(old, by=manager, at=at)


def test_what_was_typed_is_shown_as_typed_and_what_is_stored_masked(contact, manager, at):
    first, second = stored(contact), stored(contact)
    first.phone = "13900001111"
    save_record(first, by=manager, at=at)
    second.phone = "13722223333"

    with pytest.raises(EditedMeanwhile) as refused:
        save_record(second, by=manager, at=at)

    (clash,) = refused.value.fields
    shown = (clash.before, clash.theirs, clash.yours)
    assert shown == ("138****5678", "139****1111", "13722223333")


def test_a_removed_record_keeps_its_row_and_comes_back(contact, manager, at):
    remove_record(contact, by=manager, at=at, reason="left")
    remove_record(contact, by=manager, at=at)

    assert stored(contact).removed_at == at
    assert (newest(contact).verb, newest(contact).reason) == ("REMOVED", "left")
    assert changes_of(contact).count() == 2

    restore_record(contact, by=manager, at=at)
    restore_record(contact, by=manager, at=at)

    assert stored(contact).removed_at is None
    assert (newest(contact).verb, stored(contact).version) == ("RESTORED", 3)
    assert changes_of(contact).count() == 3


def test_what_cannot_be_removed_softly_is_deleted_and_logged_whole(group, manager, at):
    profile = group.profile
    key = profile.pk

    remove_record(profile, by=manager, at=at)

    assert not GroupProfile.objects.filter(pk=key).exists()
    change = Change.objects.get(subject_type="customers.groupprofile")
    assert (change.subject_id, change.fields["industry"]) == (key, ["交通运输", ""])
    assert change.fields["address"][0] == "滨海市东城区*******"[: len(change.fields["address"][0])]


def test_many_rows_get_the_same_value_and_each_change_is_logged(customers, stranger, manager, at):
    rows = Customer.objects.filter(pk__in=[customers.own.pk, customers.strangers.pk])

    count = change_rows(rows, values={"manager": stranger}, by=manager, at=at, reason="swap")

    assert count == 1
    assert newest(customers.own).fields == {"manager": ["王芳", "赵敏"]}
    assert newest(customers.own).version == stored(customers.own).version == 2
    assert newest(customers.strangers) is None
    assert stored(customers.strangers).version == 1


def test_a_list_of_records_is_changed_too_and_nobody_is_a_value(customers, manager, at):
    assert change_rows([], values={"manager": None}, by=manager, at=at) == 0
    assert change_rows([customers.own], values={"manager": None}, by=manager, at=at) == 1

    assert newest(customers.own).fields == {"manager": ["王芳", None]}


def test_many_rows_take_few_statements(
    customers, manager, colleague, at, django_assert_max_num_queries
):
    rows = list(Customer.objects.all())

    with django_assert_max_num_queries(9):
        change_rows(rows, values={"manager": colleague, "brand": "动感地带"}, by=manager, at=at)


def test_changes_of_one_piece_of_work_are_told_once(customers, manager, at, monkeypatch):
    told = []
    monkeypatch.setitem(events.listeners, ChangesRecorded, [told.append])
    first, second = customers.own, customers.group

    with changes_told_together():
        for each in (first, second, first):
            record_change(verb=ChangeVerb.CHANGED, subject=each, fields={}, by=manager, at=at)
        with changes_told_together():
            record_changes(verb=ChangeVerb.CHANGED, changes=[(second, {})], by=manager, at=at)
        assert told == []
    record_change(verb=ChangeVerb.CHANGED, subject=second, fields={}, by=manager, at=at)

    both = ChangesRecorded(type(first), frozenset({first.pk, second.pk}))
    assert told == [both, ChangesRecorded(type(first), frozenset({second.pk}))]


def test_what_failed_together_is_not_told_and_the_next_is_told_at_once(
    customers, manager, at, monkeypatch
):
    told = []
    monkeypatch.setitem(events.listeners, ChangesRecorded, [told.append])

    def change():
        record_change(verb=ChangeVerb.CHANGED, subject=customers.own, fields={}, by=manager, at=at)

    @changes_told_together()
    def change_and_fail():
        change()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change_and_fail()
    assert told == []

    change()
    assert len(told) == 1
