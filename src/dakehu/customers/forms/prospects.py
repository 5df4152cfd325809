"""What people type about a prospect, an organisation or a person (T10)."""

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dakehu.common.masking import Masked
from dakehu.customers.choices import (
    AdminLevel,
    BirthCalendar,
    CustomerKind,
    OrgKind,
    Strategic,
)
from dakehu.customers.forms.custom import PREFIX, CustomInputs
from dakehu.customers.forms.details import DAY_HELP, OLDEST
from dakehu.customers.models import Customer, GroupProfile
from dakehu.customers.values import ProspectFacts, Traits
from dakehu.people.choices import Gender, Scope
from dakehu.people.policies import role_of
from dakehu.people.queries import person_named, units_within
from dakehu.ui.forms import MaskedDayField, MaskedField, VersionedForm
from dakehu.ui.picking import PickField

if TYPE_CHECKING:
    from dakehu.people.models import Staff

OWN = ("name", "phone", "unit", "gender", "birth_date", "birth_calendar", "identity_no")
PROFILE = (
    "industry", "org_kind", "admin_level", "strategic", "tax_rank", "employees", "address",
)  # fmt: skip
MOST = 2_000_000_000
CITY_CODE = 2
EMPTY = [("", _("Not known"))]


class ProspectForm(VersionedForm):
    """A prospect as a whole; nobody else delivers it, so everything can be edited."""

    name = forms.CharField(label=_("Customer name"), max_length=200)
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=None)
    manager = PickField(
        label=_("Manager"), required=False, options="people:staff_options", find=lambda typed: None
    )
    phone = MaskedField(label=_("Phone"), required=False, max_length=20)
    industry = forms.CharField(label=_("Industry"), required=False, max_length=60)
    org_kind = forms.ChoiceField(
        label=_("Kind of organisation"), required=False, choices=[*EMPTY, *OrgKind.choices]
    )
    admin_level = forms.ChoiceField(
        label=_("Administrative level"), required=False, choices=[*EMPTY, *AdminLevel.choices]
    )
    strategic = forms.ChoiceField(
        label=_("Strategic"), required=False, choices=[*EMPTY, *Strategic.choices]
    )
    employees = forms.IntegerField(
        label=_("Employees"), required=False, min_value=0, max_value=MOST
    )
    tax_rank = forms.IntegerField(label=_("Tax rank"), required=False, min_value=1, max_value=MOST)
    address = MaskedField(label=_("Address"), required=False, max_length=300)
    gender = forms.ChoiceField(
        label=_("Gender"), required=False, choices=[*EMPTY, *Gender.choices]
    )
    birth_date = MaskedDayField(label=_("Birthday"), required=False, help_text=DAY_HELP)
    birth_calendar = forms.ChoiceField(
        label=_("Calendar"), required=False, choices=[*EMPTY, *BirthCalendar.choices]
    )
    identity_no = MaskedField(label=_("Identity number"), required=False, max_length=32)

    def __init__(
        self,
        *args: Any,
        actor: "Staff",
        now: datetime,
        prospect: Customer | None = None,
        **options: Any,
    ) -> None:
        self.inputs = CustomInputs(CustomerKind.PROSPECT, prospect)
        self.actor, self.now, self.prospect = actor, now, prospect
        initial = initial_of(prospect, actor)
        super().__init__(*args, auto_id="detail_%s", initial=initial, **options)
        self.fields["unit"].queryset = units_within(actor)  # type: ignore[attr-defined]
        self.fields["manager"].find = partial(person_named, actor)  # type: ignore[attr-defined]
        if prospect or role_of(actor).scope == Scope.OWN:
            del self.fields["manager"]
        self.inputs.lay_into(self)

    def clean_birth_date(self) -> Any:
        day = self.cleaned_data["birth_date"]
        if day and not isinstance(day, Masked) and not OLDEST <= day <= self.now.date():
            raise forms.ValidationError(_("This day lies in the future or too far back."))
        return day

    @property
    def facts(self) -> ProspectFacts:
        """What was typed, as the operations take it."""
        own = {name: self.cleaned_data[name] for name in OWN}
        if self.prospect is None:
            is_own = role_of(self.actor).scope == Scope.OWN
            own["manager"] = self.actor if is_own else self.cleaned_data.get("manager")
        profile = {name: self.cleaned_data[name] for name in PROFILE}
        return ProspectFacts(own, profile, self.inputs.read_from(self))

    @property
    def traits(self) -> Traits:
        """What tells the prospect apart, to look for it among those who are there."""
        typed = {
            name: plain(self.cleaned_data[name])
            for name in ("name", "phone", "identity_no", "address")
        }
        city = self.cleaned_data["unit"].code.partition("/")[0]
        return Traits(
            kind=CustomerKind.PROSPECT,
            name=typed["name"],
            phone=typed["phone"],
            identity=typed["identity_no"],
            address=typed["address"],
            city=city if len(city) == CITY_CODE else "",
        )

    @property
    def sections(self) -> list[tuple[Any, list[Any]]]:
        """The inputs under their headings: both, of an organisation, of a person, own fields."""
        custom = [name for name in self.fields if name.startswith(PREFIX)]
        parts = (
            ("", ("name", "unit", "manager", "phone")),
            (_("Organisation"), PROFILE),
            (_("About a person"), ("gender", "birth_date", "birth_calendar", "identity_no")),
            (_("Own fields"), custom),
        )
        return [
            (title, [self[name] for name in names if name in self.fields])
            for title, names in parts
            if names
        ]


def plain(value: Any) -> str:
    """Return what was typed, or what the mask of an untouched field stands for."""
    return value.plain if isinstance(value, Masked) else str(value or "")


def initial_of(prospect: Customer | None, actor: "Staff") -> dict[str, Any]:
    """Return what the form begins with."""
    if prospect is None:
        return {"version": 1, "unit": actor.unit_id}
    profile = GroupProfile.objects.filter(customer=prospect).first()
    own = {name: getattr(prospect, name) for name in OWN}
    organisation = {name: getattr(profile, name) for name in PROFILE} if profile else {}
    return {"version": prospect.version, **own, **organisation}
