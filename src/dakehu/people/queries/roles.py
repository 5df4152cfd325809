"""Roles for those who ask: the file's, and those that the operator made (M5)."""

from collections.abc import Mapping

from django.conf import settings
from django.db.models import Count
from django.http import Http404

from dakehu.people.choices import ROLES
from dakehu.people.models import Staff, StoredRole
from dakehu.people.policies import is_within_own, may
from dakehu.people.values import Role


def roles() -> Mapping[str, Role]:
    """Return every role that somebody can hold, by code: the file's first, then the stored."""
    stored = StoredRole.objects.filter(removed_at__isnull=True).order_by("name", "pk")
    return {**ROLES, **{role.code: role.as_role() for role in stored}}


def role_named(code: str) -> Role | None:
    """Return the role with that code, be it the file's or one the operator made."""
    return roles().get(code)


def roles_known() -> list[Role]:
    """Return all roles: those of the file, then those the operator made."""
    return list(roles().values())


def roles_to_give(actor: Staff) -> list[Role]:
    """
    Return the roles that an actor may give to others.

    Who may handle roles gives any; others give none that permits or reaches more than their own.
    """
    if may(actor, "people.roles"):
        return roles_known()
    return [role for role in roles_known() if is_within_own(role, actor)]


def roles_with(permission: str) -> list[str]:
    """Return the codes of the roles that carry a permission."""
    return [code for code, role in roles().items() if permission in role.permissions]


def roles_like(code: str) -> list[str]:
    """Return the codes of a role of the file and of those that are modelled on it."""
    return [role.code for role in roles().values() if role.kind == code]


def known_permissions() -> list[str]:
    """Return every permission that the file's roles know of, in the order of their names."""
    return sorted({name for role in settings.ROLES for name in role.permissions})


def stored_roles() -> list[StoredRole]:
    """Return the roles that the operator made, also retired ones, by name."""
    return list(StoredRole.objects.order_by("name", "pk"))


def get_stored_role(code: str) -> StoredRole:
    """
    Return one role that the operator made, also a retired one.

    :raises Http404: if there is none with that code.
    """
    found: StoredRole | None = StoredRole.objects.filter(code=code).first()
    if found is None:
        raise Http404
    return found


def holders_by_role() -> dict[str, int]:
    """Return how many people hold each role; closed accounts count, for they may be opened."""
    held = Staff.objects.filter(removed_at__isnull=True).order_by().values("role")
    return dict(held.annotate(count=Count("pk")).values_list("role", "count"))
