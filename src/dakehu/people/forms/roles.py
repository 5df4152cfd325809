"""What the operator says of a role: name, scope, and the grid of what it permits (M5)."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dakehu.people.choices import Scope
from dakehu.people.values import Role, RoleDraft
from dakehu.ui.forms import VersionedForm


class RoleForm(VersionedForm):
    """A role to be made or changed.

    ``role`` is what it begins with, ``own`` what the operator's own role permits: other
    permissions are shown and cannot be ticked.
    """

    name = forms.CharField(label=_("Name"), max_length=60)
    description = forms.CharField(
        label=_("What it is for"),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    scope = forms.ChoiceField(
        label=_("Reach"), choices=Scope.choices, help_text=_("Over which customers it works.")
    )
    permissions = forms.MultipleChoiceField(label=_("Permissions"), required=False)

    def __init__(
        self, *args: Any, role: Role, own: frozenset[str], known: list[str], version: int = 0
    ) -> None:
        initial = {
            "name": role.name,
            "description": role.description,
            "scope": role.scope,
            "permissions": sorted(role.permissions),
            "version": version,
        }
        super().__init__(*args, initial=initial)
        self.role = role
        self.own = own
        self.fields["permissions"].choices = [(name, name) for name in known]  # type: ignore[attr-defined]

    @property
    def ticked(self) -> frozenset[str]:
        """The permissions that are ticked on the page."""
        return frozenset(self["permissions"].value() or ())

    def plain_fields(self) -> Iterator[Any]:
        """Yield the inputs that stand above the grid."""
        yield from (self[name] for name in ("name", "scope", "description"))

    def draft(self, *, like: str = "") -> RoleDraft:
        """Return what was sent; of a form that holds."""
        sent = self.cleaned_data
        return RoleDraft(
            name=sent["name"],
            description=sent["description"],
            scope=sent["scope"],
            permissions=frozenset(sent["permissions"]),
            like=like,
        )
