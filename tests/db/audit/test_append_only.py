"""Audit rows are added and read, never changed or removed."""

import pytest

from dakehu.audit.choices import AccessVerb, ChangeVerb
from dakehu.audit.errors import UnableToRewriteHistory
from dakehu.audit.models import Access, Change
from dakehu.audit.operations import record_access, record_change, record_changes
from dakehu.audit.queries import accesses_by, accesses_of, changes_of
from dakehu.common.masking import Masked, PersonalKind


@pytest.fixture
def change(manager, at):
    """One recorded change."""
    return record_change(
        verb=ChangeVerb.CHANGED,
        subject=manager,
        fields={"phone": (Masked("13812345678", PersonalKind.PHONE), None), "name": ("a", "b")},
        by=manager,
        at=at,
        reason="because",
    )


@pytest.fixture
def access(manager, at):
    """One recorded look."""
    return record_access(verb=AccessVerb.VIEWED, by=manager, at=at, subject=manager)


@pytest.mark.parametrize("kind", ["change", "access"])
def test_a_stored_row_can_be_neither_saved_nor_deleted(request, kind):
    row = request.getfixturevalue(kind)

    with pytest.raises(UnableToRewriteHistory):
        row.save()
    with pytest.raises(UnableToRewriteHistory):
        row.delete()
    assert type(row).objects.count() == 1


@pytest.mark.parametrize("model", [Change, Access])
def test_no_statement_rewrites_many_rows(db, model):
    with pytest.raises(UnableToRewriteHistory):
        model.objects.update(actor_name="")
    with pytest.raises(UnableToRewriteHistory):
        model.objects.filter(pk=1).delete()
    with pytest.raises(UnableToRewriteHistory):
        model.objects.bulk_update([], ["at"])


def test_a_change_says_who_when_what_and_why_without_personal_values(change, manager, at):
    stored = Change.objects.get()

    assert (stored.verb, stored.reason, stored.at) == ("CHANGED", "because", at)
    assert (stored.actor_id, stored.actor_name) == (manager.pk, "王芳")
    assert (stored.subject_type, stored.subject_id) == ("people.staff", manager.pk)
    assert stored.fields == {"phone": ["138****5678", None], "name": ["a", "b"]}


def test_what_nobody_did_has_no_actor(manager, at):
    record_change(verb=ChangeVerb.CREATED, subject=manager, fields={}, by=None, at=at)

    assert (Change.objects.get().actor_id, Change.objects.get().actor_name) == (None, "")


def test_many_changes_are_recorded_in_one_statement(people, at, django_assert_num_queries):
    subjects = [people.manager, people.colleague]

    with django_assert_num_queries(1):
        record_changes(
            verb=ChangeVerb.CHANGED,
            changes=[(each, {"unit": (1, 2)}) for each in subjects],
            by=people.supervisor,
            at=at,
        )

    assert changes_of(people.colleague).get().fields == {"unit": [1, 2]}


def test_the_history_of_a_record_is_its_own(people, change, access):
    assert list(changes_of(people.manager)) == [change]
    assert list(accesses_of(people.manager)) == [access]
    assert list(accesses_by(people.manager.pk)) == [access]
    assert not changes_of(people.colleague).exists()


def test_the_record_outlives_the_person(people, access):
    people.manager.delete()

    assert Access.objects.get().actor_name == "王芳"
