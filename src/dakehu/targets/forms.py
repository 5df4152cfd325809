"""What people type about target groups, hand-outs and results."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dakehu.people.queries import units_within
from dakehu.targets.choices import Membership, Result
from dakehu.targets.models import TargetGroup
from dakehu.targets.values import Order
from dakehu.tiering.choices import SchemeKind
from dakehu.tiering.queries.measures import measures_for
from dakehu.tiering.queries.wording import name_of
from dakehu.ui.filters import DayInput
from dakehu.ui.forms import VersionedForm

if TYPE_CHECKING:
    from dakehu.people.models import Staff


class GroupForm(VersionedForm, forms.ModelForm):  # type: ignore[misc,type-arg]
    """A target group's name, purpose and population; a locked one's name and purpose alone."""

    class Meta:
        model = TargetGroup
        fields = ("name", "purpose", "kind", "with_prospects", "unit", "membership")
        labels = {
            "name": _("Name of the group"),
            "purpose": _("Purpose"),
            "kind": _("Kind of customer"),
            "with_prospects": _("Prospects too (groups only)"),
            "unit": _("For unit"),
            "membership": _("Members are"),
        }
        help_texts = {
            "unit": _("Members are chosen from the customers of this unit and of all below it."),
            "membership": _(
                "Frozen: as they are when the group is locked; who leaves later stays in it. "
                "Live: read anew every night, with who joins and drops out."
            ),
        }
        widgets = {"purpose": forms.Textarea({"rows": 2})}

    def __init__(self, *args: Any, actor: "Staff", **options: Any) -> None:
        super().__init__(*args, auto_id="target_%s", **options)
        self.fields["unit"].queryset = units_within(actor)  # type: ignore[attr-defined]
        self.fields["unit"].empty_label = None  # type: ignore[attr-defined]
        self.fields["membership"].choices = Membership.choices  # type: ignore[attr-defined]
        if self.instance.state != "DRAFT":
            for name in ("kind", "with_prospects", "unit", "membership"):
                self.fields[name].disabled = True

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if typed.get("with_prospects") and typed.get("kind") != SchemeKind.GROUP:
            self.add_error(
                "with_prospects", _("Only target groups of organisations take prospects in.")
            )
        return typed


class CloseForm(forms.Form):
    """What came of a group."""

    note = forms.CharField(label=_("What came of it"), max_length=300, required=False)


class OrderForm(forms.Form):
    """What a hand-out asks for."""

    text = forms.CharField(
        label=_("What is to be done"),
        max_length=200,
        help_text=_("Every manager reads this on each of the tasks."),
    )
    due_date = forms.DateField(label=_("Due on"), widget=DayInput)
    per_person = forms.IntegerField(
        label=_("Open at a time, per person"),
        min_value=0,
        max_value=1000,
        help_text=_("0: all at once. The others wait in order; done ones make room."),
    )
    rank_by = forms.ChoiceField(label=_("First those with the highest"), required=False)
    spare_others = forms.BooleanField(
        label=_("Leave out whom another open group has handed out"), required=False
    )

    def __init__(self, *args: Any, kind: str, **options: Any) -> None:
        super().__init__(*args, auto_id="order_%s", **options)
        numbers = [each for each in measures_for(kind) if each.unit != "TEXT"]
        self.fields["rank_by"].choices = [  # type: ignore[attr-defined]
            ("", _("– by number –")),
            *((each.code, name_of(each)) for each in numbers),
        ]

    def order(self) -> Order:
        """Return what was typed as a value; of a form that holds."""
        return Order(**self.cleaned_data)

    @staticmethod
    def beginning(kind: str, *, due: date) -> dict[str, Any]:
        """Return what the form begins with."""
        worth = "revenue_12m" if kind == "GROUP" else "revenue_3m"
        return {"due_date": due, "per_person": 20, "rank_by": worth, "spare_others": True}


class ResultForm(forms.Form):
    """What came of a task."""

    result = forms.ChoiceField(
        label=_("Result"),
        choices=(("", _("– choose one –")), *Result.choices),
        help_text=_("After “not reached” and “to be contacted again” the task stays open."),
    )
    note = forms.CharField(
        label=_("Note"), max_length=300, required=False, widget=forms.Textarea({"rows": 2})
    )
