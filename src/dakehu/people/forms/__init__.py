"""What people type about units and staff."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from dakehu.people.forms.access import RevealForm
from dakehu.people.forms.entries import ENTRY_FORMS
from dakehu.people.forms.leaves import LeaveForm
from dakehu.people.forms.staff import NewStaffForm, ReasonForm, StaffForm
from dakehu.people.forms.units import DutiesForm, NewUnitForm, UnitForm, UnitMoveForm


def field_labels() -> dict[str, Any]:
    """Return what the fields of people and units are called, by name, for their history."""
    forms = (NewUnitForm, UnitMoveForm, UnitForm, StaffForm)
    labels = {name: each.label for form in forms for name, each in form.base_fields.items()}
    return {**labels, "is_active": _("Account open"), "password": _("Password")}


__all__ = [
    "ENTRY_FORMS",
    "DutiesForm",
    "LeaveForm",
    "NewStaffForm",
    "NewUnitForm",
    "ReasonForm",
    "RevealForm",
    "StaffForm",
    "UnitForm",
    "UnitMoveForm",
    "field_labels",
]
