"""Roles that the operator makes on screen, beside those of the file (M5)."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from dakehu.audit.operations import create_record, remove_record, restore_record, save_record
from dakehu.people.choices import ROLES, Scope
from dakehu.people.errors import UnableToKeepRole
from dakehu.people.models import Staff, StoredRole
from dakehu.people.policies import is_as_wide, require, role_of
from dakehu.people.queries import holders_by_role, known_permissions, roles
from dakehu.people.values import RoleDraft

PERMISSION = "people.roles"


@transaction.atomic
def create_role(draft: RoleDraft, *, by: Staff, at: datetime) -> StoredRole:
    """
    Make a role; it holds for whoever is given it from then on (M5).

    :raises PermissionDenied: if the person may not handle roles.
    :raises UnableToKeepRole: if the name is taken, or the role would go beyond the maker's own.
    """
    require(by, PERMISSION)
    refuse_taken_name(draft.name, code="")
    refuse_beyond(draft, by=by, held=frozenset())
    role = StoredRole(
        code=free_code(),
        name=draft.name,
        description=draft.description,
        scope=draft.scope,
        permissions=sorted(draft.permissions),
        like=draft.like if draft.like in ROLES else "",
    )
    return create_record(role, by=by, at=at)


@transaction.atomic
def change_role(
    role: StoredRole, draft: RoleDraft, *, version: int, by: Staff, at: datetime
) -> bool:
    """
    Change a role for all who hold it, from their next click on.

    Permissions that the person does not hold can neither be added nor taken away by them.

    :raises PermissionDenied: if the person may not handle roles.
    :raises UnableToKeepRole: if the name is taken, the role would go beyond the person's own, or
        it is the one they hold.
    :raises EditedMeanwhile: if somebody else changed it.
    """
    require(by, PERMISSION)
    if by.role == role.code:
        raise UnableToKeepRole.own()
    refuse_taken_name(draft.name, code=role.code)
    own = role_of(by).permissions
    held = frozenset(role.permissions)
    kept = replace(draft, permissions=draft.permissions | (held - own))
    refuse_beyond(kept, by=by, held=held, scope=role.scope)
    role.name, role.description, role.scope = kept.name, kept.description, kept.scope
    role.permissions = sorted(kept.permissions)
    return save_record(role, version=version, by=by, at=at)


@transaction.atomic
def retire_role(role: StoredRole, *, by: Staff, at: datetime) -> None:
    """
    Take a role out of use; it can be brought back.

    :raises PermissionDenied: if the person may not handle roles.
    :raises UnableToKeepRole: if somebody holds it.
    """
    require(by, PERMISSION)
    if count := holders_by_role().get(role.code):
        raise UnableToKeepRole.held(count)
    remove_record(role, by=by, at=at)


@transaction.atomic
def revive_role(role: StoredRole, *, by: Staff, at: datetime) -> None:
    """
    Bring a retired role back.

    :raises PermissionDenied: if the person may not handle roles.
    :raises UnableToKeepRole: if its name was given to another one meanwhile.
    """
    require(by, PERMISSION)
    refuse_taken_name(role.name, code=role.code)
    restore_record(role, by=by, at=at)


def refuse_taken_name(name: str, *, code: str) -> None:
    """Refuse a name that another role has; people choose roles by their names.

    :raises UnableToKeepRole: if so.
    """
    taken = {str(role.name).casefold() for key, role in roles().items() if key != code}
    if name.casefold() in taken:
        raise UnableToKeepRole.taken()


def refuse_beyond(
    draft: RoleDraft, *, by: Staff, held: frozenset[str], scope: str = Scope.OWN
) -> None:
    """Refuse what goes beyond the person's own role; what the role has already may stay.

    :raises UnableToKeepRole: if so, or if a permission does not exist.
    """
    own = role_of(by)
    if draft.permissions - own.permissions - held or draft.permissions - set(known_permissions()):
        raise UnableToKeepRole.beyond()
    if not (is_as_wide(own.scope, draft.scope) or is_as_wide(scope, draft.scope)):
        raise UnableToKeepRole.beyond()


def free_code() -> str:
    """Return a code that no role has had yet."""
    number = StoredRole.objects.count() + 1
    taken = {*ROLES, *StoredRole.objects.values_list("code", flat=True)}
    while (code := f"ROLE_{number}") in taken:
        number += 1
    return code
