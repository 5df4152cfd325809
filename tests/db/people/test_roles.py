"""Roles that the operator makes: never more than the maker's own, retired only when free."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories.people import StaffFactory

from dakehu.audit.errors import EditedMeanwhile
from dakehu.audit.queries import changes_of
from dakehu.config.roles import ROLES
from dakehu.people import operations, queries
from dakehu.people.choices import CONTEXT_WORDS, VERB_WORDS
from dakehu.people.errors import UnableToKeepRole
from dakehu.people.models import Staff, StoredRole
from dakehu.people.policies import may, reach
from dakehu.people.values import RoleDraft

DRAFT = RoleDraft(
    name="客户助理",
    description="协助客户经理",
    scope="UNIT",
    permissions=frozenset({"customers.view", "desk.view"}),
    like="ACCOUNT_MANAGER",
)


@pytest.fixture
def made(administrator, at):
    """A role that the administrator made."""
    return operations.create_role(DRAFT, by=administrator, at=at)


@pytest.fixture
def designer(made, people, at):
    """Somebody who may handle roles, and little else."""
    own = RoleDraft("角色管理员", "", "SUBTREE", frozenset({"people.roles", "customers.view"}))
    role = operations.create_role(own, by=people.administrator, at=at)
    return StaffFactory(role=role.code, unit=people.units.province)


def test_a_new_role_holds_for_whoever_is_given_it(made, people):
    assistant = StaffFactory(role=made.code, unit=people.units.district)

    assert may(assistant, "customers.view")
    assert not may(assistant, "customers.reveal")
    assert assistant.get_role_display() == "客户助理"
    found = Staff.objects.filter(reach(assistant, unit="unit", owner="pk"))
    assert {each.unit for each in found} == {people.units.district}


def test_a_new_role_is_known_beside_the_files_roles_and_logged(made, administrator):
    assert list(queries.roles()) == [*(role.code for role in ROLES), made.code]
    assert queries.role_named(made.code).name == "客户助理"
    assert changes_of(made).get().actor_id == administrator.pk


def test_work_that_goes_by_permission_finds_who_holds_it(made, people):
    assistant = StaffFactory(role=made.code, unit=people.units.district)

    found = queries.colleagues_of(people.supervisor, permission="customers.view")

    assert assistant in found
    assert assistant not in queries.colleagues_of(people.supervisor, permission="alerts.handle")
    assert assistant in queries.staff_who_may("customers.view")


def test_a_role_modelled_on_the_telephone_manager_stands_in_for_nobody(people, at):
    draft = replace(DRAFT, name="二线电话经理", like="TELEPHONE_MANAGER")
    role = operations.create_role(draft, by=people.administrator, at=at)
    near = StaffFactory(role=role.code, unit=people.units.district)

    assert queries.fallback_owners()[people.units.district.pk] == near.pk


def test_an_unknown_model_is_none(people, at):
    role = operations.create_role(replace(DRAFT, like="NOBODY"), by=people.administrator, at=at)

    assert (role.like, role.as_role().kind) == ("", role.code)


@pytest.mark.parametrize(
    "draft",
    [
        replace(DRAFT, name="助理", permissions=frozenset({"customers.reveal"})),
        replace(DRAFT, name="助理", permissions=frozenset({"customers.view"}), scope="ALL"),
    ],
    ids=["a permission", "a scope"],
)
def test_nobody_gives_more_than_they_hold(designer, draft, at):
    with pytest.raises(UnableToKeepRole):
        operations.create_role(draft, by=designer, at=at)


def test_a_permission_that_does_not_exist_is_refused(administrator, at):
    administrator.held_role = replace(
        administrator.held_role, permissions=administrator.held_role.permissions | {"made.up"}
    )

    draft = replace(DRAFT, permissions=frozenset({"made.up"}))

    with pytest.raises(UnableToKeepRole):
        operations.create_role(draft, by=administrator, at=at)


def test_what_the_person_does_not_hold_stays_as_it_was(made, designer, people, at):
    change = replace(DRAFT, permissions=frozenset())

    operations.change_role(made, change, version=1, by=designer, at=at)

    # desk.view is not the designer's to take away; customers.view is.
    assert StoredRole.objects.get(pk=made.pk).permissions == ["desk.view"]


def test_a_wide_role_may_stay_wide_and_not_be_widened(made, designer, people, at):
    wide = operations.create_role(
        replace(DRAFT, name="全省助理", scope="ALL"), by=people.administrator, at=at
    )

    assert operations.change_role(
        wide, replace(DRAFT, name="全省", scope="ALL"), version=1, by=designer, at=at
    )
    with pytest.raises(UnableToKeepRole):
        operations.change_role(made, replace(DRAFT, scope="ALL"), version=1, by=designer, at=at)


def test_a_change_holds_from_the_next_look_on(made, people, at):
    assistant = StaffFactory(role=made.code, unit=people.units.district)

    operations.change_role(
        made, replace(DRAFT, permissions=frozenset()), version=1, by=people.administrator, at=at
    )

    assert not may(Staff.objects.get(pk=assistant.pk), "customers.view")


def test_nobody_changes_the_role_they_hold(designer, at):
    role = StoredRole.objects.get(code=designer.role)

    with pytest.raises(UnableToKeepRole):
        operations.change_role(role, DRAFT, version=1, by=designer, at=at)


def test_two_edits_of_one_role_clash(made, administrator, at):
    other = StoredRole.objects.get(pk=made.pk)
    operations.change_role(
        other, replace(DRAFT, description="一"), version=1, by=administrator, at=at
    )

    with pytest.raises(EditedMeanwhile):
        operations.change_role(
            StoredRole.objects.get(pk=made.pk),
            replace(DRAFT, description="二"),
            version=1,
            by=administrator,
            at=at,
        )


@pytest.mark.parametrize("name", ["客户助理", "主管"])
def test_a_name_is_given_once(made, administrator, at, name):
    from django.utils import translation

    with translation.override("zh-hans"), pytest.raises(UnableToKeepRole):
        operations.create_role(replace(DRAFT, name=name), by=administrator, at=at)


def test_a_role_is_retired_only_when_nobody_holds_it(made, people, at):
    holder = StaffFactory(role=made.code, unit=people.units.district, is_active=False)
    with pytest.raises(UnableToKeepRole):
        operations.retire_role(made, by=people.administrator, at=at)
    operations.move_staff(
        staff=holder, unit=holder.unit, role="HALL", by=people.administrator, at=at
    )

    operations.retire_role(made, by=people.administrator, at=at)

    assert made.code not in queries.roles()
    assert queries.stored_roles() == [made]

    operations.revive_role(made, by=people.administrator, at=at)
    assert made.code in queries.roles()


def test_a_retired_role_does_not_come_back_under_a_name_given_since(made, administrator, at):
    operations.retire_role(made, by=administrator, at=at)
    operations.create_role(DRAFT, by=administrator, at=at)

    with pytest.raises(UnableToKeepRole):
        operations.revive_role(made, by=administrator, at=at)


def test_who_may_not_handle_roles_may_nothing(made, supervisor, at):
    for act in (
        lambda: operations.create_role(replace(DRAFT, name="x"), by=supervisor, at=at),
        lambda: operations.change_role(made, DRAFT, version=1, by=supervisor, at=at),
        lambda: operations.retire_role(made, by=supervisor, at=at),
        lambda: operations.revive_role(made, by=supervisor, at=at),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_who_may_not_handle_roles_gives_none_beyond_their_own(made, people, at):
    wide = operations.create_role(
        replace(DRAFT, name="全省助理", scope="ALL"), by=people.administrator, at=at
    )

    given = {role.code for role in queries.roles_to_give(people.supervisor)}

    assert made.code in given
    assert {"ADMINISTRATOR", wide.code}.isdisjoint(given)
    assert wide.code in {role.code for role in queries.roles_to_give(people.administrator)}


def test_every_permission_has_words(db):
    parts = [name.split(".") for name in queries.known_permissions()]

    assert {context for context, verb in parts} <= CONTEXT_WORDS.keys()
    assert {verb for context, verb in parts} <= VERB_WORDS.keys()
