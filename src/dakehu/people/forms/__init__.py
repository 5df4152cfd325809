"""What people type about units and staff."""

from dakehu.people.forms.entries import ENTRY_KINDS, EntryKind
from dakehu.people.forms.leaves import LeaveForm
from dakehu.people.forms.staff import NewStaffForm, ReasonForm, StaffForm
from dakehu.people.forms.units import DutiesForm, NewUnitForm, UnitForm, UnitMoveForm

__all__ = [
    "ENTRY_KINDS",
    "DutiesForm",
    "EntryKind",
    "LeaveForm",
    "NewStaffForm",
    "NewUnitForm",
    "ReasonForm",
    "StaffForm",
    "UnitForm",
    "UnitMoveForm",
]
