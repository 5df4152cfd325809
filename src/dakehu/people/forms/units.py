"""Units as forms: added, changed, moved, and their part in the services (M2, M10)."""

from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dakehu.people.choices import DutyPart, ServiceCode, UnitFunction, UnitKind
from dakehu.people.forms.fields import UnitField
from dakehu.people.models import Staff, Unit
from dakehu.people.queries import duties_of, parents_for, person_named, units_within
from dakehu.people.rules import kinds_above
from dakehu.people.values import NO_DUTY, Duty, NewUnit
from dakehu.ui.forms import VersionedForm
from dakehu.ui.picking import PickField

# The files bring cities and the province; people add what the files do not know.
ADDED_KINDS = [kind for kind in UnitKind.choices if kind[0] != UnitKind.HEADQUARTERS]


class NewUnitForm(forms.Form):
    """A unit to be added."""

    parent = UnitField(label=_("Stands under"), queryset=Unit.objects.none())
    kind = forms.ChoiceField(label=_("Kind"), choices=ADDED_KINDS, initial=UnitKind.TEAM)
    function = forms.ChoiceField(label=_("Function"), choices=UnitFunction.choices)
    name = forms.CharField(label=_("Name"), max_length=80)
    code = forms.CharField(
        label=_("Code"),
        max_length=64,
        required=False,
        help_text=_(
            "Of a city the two digits that its files carry; otherwise leave it empty: it is made "
            "from the unit above and the name. It cannot be changed later."
        ),
    )

    def __init__(self, *args: Any, actor: Staff, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["parent"].queryset = units_within(actor)  # type: ignore[attr-defined]

    @property
    def unit(self) -> NewUnit:
        """Return what was entered."""
        sent = self.cleaned_data
        return NewUnit(sent["kind"], sent["function"], sent["name"], sent["code"])


class UnitForm(VersionedForm):
    """What is known of a unit; its code and kind stay."""

    name = forms.CharField(label=_("Name"), max_length=80)
    function = forms.ChoiceField(label=_("Function"), choices=UnitFunction.choices)
    leader = PickField(
        label=_("Leader"),
        options="people:staff_options",
        find=None,
        required=False,
        help_text=_("Somebody of the unit, of one above it or below it; type a name or number."),
    )
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    note = forms.CharField(
        label=_("Note"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *args: Any, unit: Unit, actor: Staff, **options: Any) -> None:
        self.instance = unit
        names = ("name", "function", "address", "note")
        initial = {name: getattr(unit, name) for name in names}
        super().__init__(*args, initial={**initial, "leader": unit.leader_id}, **options)
        self.fields["leader"].find = partial(person_named, actor)  # type: ignore[attr-defined]

    @property
    def values(self) -> dict[str, Any]:
        """Return what was entered, without the version."""
        return {name: each for name, each in self.cleaned_data.items() if name != "version"}


class UnitMoveForm(VersionedForm):
    """Under which unit another one is put, and why."""

    parent = UnitField(label=_("Stands under"), queryset=Unit.objects.none())
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, *args: Any, unit: Unit, actor: Staff, **options: Any) -> None:
        self.instance = unit
        super().__init__(*args, initial={"parent": unit.parent}, **options)
        kinds = kinds_above(unit.kind)
        self.fields["parent"].queryset = parents_for(  # type: ignore[attr-defined]
            actor, kinds=kinds, moved=unit
        )


class DutiesForm(forms.Form):
    """A grid: which part a unit takes in each service, with a note.

    What was on the screen travels along, so that only what was touched is changed.
    """

    seen = forms.JSONField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, unit: Unit, **options: Any) -> None:
        self.present = {
            service: Duty(duty.part, duty.note) for service, duty in duties_of(unit).items()
        }
        seen = {service: [duty.part, duty.note] for service, duty in self.present.items()}
        super().__init__(*args, initial={"seen": seen}, **options)
        for code, name in ServiceCode.choices:
            duty = self.present.get(code, NO_DUTY)
            self.fields[f"part_{code}"] = forms.ChoiceField(
                label=name,
                choices=[("", _("No part")), *DutyPart.choices],
                required=False,
                initial=duty.part,
                widget=forms.RadioSelect,
            )
            self.fields[f"note_{code}"] = forms.CharField(
                label=_("Note"), max_length=200, required=False, initial=duty.note
            )

    def clean_seen(self) -> dict[str, Duty]:
        """Return the grid as it was shown.

        :raises ValidationError: if it was tampered with.
        """
        sent = self.cleaned_data["seen"] or {}
        try:
            return {
                str(service): Duty(str(part), str(note)) for service, (part, note) in sent.items()
            }
        except (AttributeError, TypeError, ValueError) as error:
            raise forms.ValidationError(_("Open the grid again.")) from error

    @property
    def wanted(self) -> dict[str, Duty]:
        """Return the grid as it was sent; a note without a part is dropped."""
        sent = self.cleaned_data
        return {
            code: Duty(sent[f"part_{code}"], sent[f"note_{code}"])
            if sent[f"part_{code}"]
            else NO_DUTY
            for code in ServiceCode.values
        }

    def lines(self) -> list[tuple[str, Any, Any]]:
        """Return code, part and note of each service, for the template."""
        return [(code, self[f"part_{code}"], self[f"note_{code}"]) for code in ServiceCode.values]
