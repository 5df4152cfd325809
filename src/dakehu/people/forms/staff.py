"""The file of a person as a form: added, completed, corrected (M1)."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dakehu.common.identity import is_identity_number
from dakehu.common.masking import Masked
from dakehu.people.choices import Gender
from dakehu.people.forms.fields import PHONE, STAFF_NUMBER, USERNAME, UnitField
from dakehu.people.models import Staff
from dakehu.people.queries import roles_to_give, units_within
from dakehu.ui.filters import DayInput
from dakehu.ui.forms import MaskedDayField, MaskedField, VersionedForm

YOUNGEST = timedelta(days=15 * 365)
OLDEST = timedelta(days=100 * 365)
LARGEST_CAPACITY = 1_000_000
SECTIONS = (
    (_("Basics"), ("name", "username", "staff_no", "role", "unit", "position", "joined_on")),
    (_("Work"), ("capacity", "company", "is_core_partner")),
    (_("Communication"), ("phone", "email")),
    (_("Personal"), ("gender", "birth_date", "identity_no", "education")),
    (_("Note"), ("note",)),
)


class StaffFields(forms.Form):
    """What a file says of a person, whether it is new or known."""

    name = forms.CharField(label=_("Name"), max_length=80)
    username = forms.CharField(
        label=_("User name"), max_length=60, validators=[USERNAME], help_text=_("For logging in.")
    )
    staff_no = forms.CharField(
        label=_("Staff number"),
        max_length=40,
        required=False,
        validators=[STAFF_NUMBER],
        help_text=_("The manager number of the city's files; empty for those no file names."),
    )
    role = forms.ChoiceField(label=_("Role"))
    unit = UnitField(label=_("Unit"), queryset=Staff.objects.none())
    position = forms.CharField(label=_("Position"), max_length=60, required=False)
    joined_on = forms.DateField(label=_("Joined on"), required=False, widget=DayInput)
    capacity = forms.IntegerField(
        label=_("Capacity"),
        min_value=0,
        max_value=LARGEST_CAPACITY,
        required=False,
        help_text=_("How many customers, weighed by level; empty takes the usual one."),
    )
    company = forms.CharField(label=_("Partner's company"), max_length=120, required=False)
    is_core_partner = forms.BooleanField(label=_("Core partner"), required=False)
    phone = MaskedField(label=_("Phone"), max_length=20, required=False, validators=[PHONE])
    email = MaskedField(label=_("E-mail"), max_length=120, required=False)
    gender = forms.ChoiceField(
        label=_("Gender"), choices=[("", "–"), *Gender.choices], required=False
    )
    birth_date = MaskedDayField(
        label=_("Birthday"), required=False, help_text=_("Year-month-day, as 1990-05-20.")
    )
    identity_no = MaskedField(label=_("Identity number"), max_length=32, required=False)
    education = forms.CharField(label=_("Education"), max_length=40, required=False)
    note = forms.CharField(
        label=_("Note"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3})
    )

    def prepare(self, actor: Staff, on: date) -> None:
        """Offer the units and roles that ``actor`` may choose from on day ``on``."""
        self.on = on
        self.fields["unit"].queryset = units_within(actor)  # type: ignore[attr-defined]
        roles = [(role.code, role.name) for role in roles_to_give(actor)]
        self.fields["role"].choices = [("", "–"), *roles]  # type: ignore[attr-defined]

    def clean_staff_no(self) -> str | None:
        """Several people have no number, but no two have the same."""
        return self.cleaned_data["staff_no"] or None

    def clean_email(self) -> Any:
        """Check an address that was typed; one that was left alone is as good as it was."""
        typed = self.cleaned_data["email"]
        return (
            typed if isinstance(typed, Masked) else forms.EmailField(required=False).clean(typed)
        )

    def clean_identity_no(self) -> Any:
        """Refuse a resident number whose check character does not fit."""
        typed = self.cleaned_data["identity_no"]
        if isinstance(typed, Masked) or not typed:
            return typed
        number = str(typed).upper().replace(" ", "")
        if not is_identity_number(number):
            raise forms.ValidationError(_("This identity number cannot be right. Check it again."))
        return number

    def clean_birth_date(self) -> Any:
        """Refuse a day on which nobody who works was born."""
        born = self.cleaned_data["birth_date"]
        if isinstance(born, date) and not self.on - OLDEST < born < self.on - YOUNGEST:
            raise forms.ValidationError(_("Nobody who works was born on that day."))
        return born

    def clean_joined_on(self) -> date | None:
        """Refuse a first day out of all reason."""
        day = self.cleaned_data["joined_on"]
        if day and not self.on - OLDEST < day < self.on + YOUNGEST:
            raise forms.ValidationError(_("The year cannot be right."))
        return day

    def sections(self) -> list[tuple[Any, list[Any]]]:
        """Return the fields in their groups, for the template."""
        return [(title, [self[name] for name in names]) for title, names in SECTIONS]


class NewStaffForm(StaffFields):
    """A person to be added."""

    def __init__(self, *args: Any, actor: Staff, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.prepare(actor, on)


class StaffForm(VersionedForm, StaffFields):
    """A known person's file; who may not give the present role leaves it as it is."""

    def __init__(self, *args: Any, staff: Staff, actor: Staff, on: date, **options: Any) -> None:
        self.instance = staff
        initial = {name: getattr(staff, name) for name in StaffFields.base_fields}
        super().__init__(*args, initial=initial, **options)
        self.prepare(actor, on)
        given = {code for code, _name in self.fields["role"].choices}  # type: ignore[attr-defined]
        if staff.role not in given:
            present = (staff.role, staff.get_role_display())
            self.fields["role"].choices = [present]  # type: ignore[attr-defined]
            self.fields["role"].disabled = True


class ReasonForm(forms.Form):
    """Why somebody or something goes."""

    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)
