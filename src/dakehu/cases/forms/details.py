"""What is typed at the steps of a coverage need, about a serious fault, at a return visit."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dakehu.cases.queries import receivers_for
from dakehu.ui.filters import DayInput
from dakehu.ui.forms import PersonField, RadioChoices

SATISFACTION = (
    (5, _("Very content")),
    (4, _("Content")),
    (3, _("So so")),
    (2, _("Not content")),
    (1, _("Very discontent")),
)
SOLVED, UNSOLVED, UNREACHED = "yes", "no", "nobody"


class AssignForm(forms.Form):
    """Who answers for a coverage need, and who looks at the place (C1)."""

    manager = PersonField(label=_("Manager who answers for it"), queryset=None)
    technician = PersonField(label=_("Technician of the network department"), queryset=None)

    def __init__(self, *args: Any, actor: Any, case: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="assign_%s", **options)
        people = receivers_for(actor, case)
        for name in ("manager", "technician"):
            field: Any = self.fields[name]
            field.queryset = people
        self.initial.setdefault("manager", case.owner_id or case.manager_id)


class ReplyForm(forms.Form):
    """The preliminary reply: measures and the expected day (C1)."""

    measures = forms.CharField(
        label=pgettext_lazy("of a coverage need", "Measures"),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
    )
    expected_on = forms.DateField(label=_("Expected on"), widget=DayInput, required=False)
    is_refused = forms.BooleanField(
        label=_("The network department cannot solve it"),
        required=False,
        help_text=_("Write above why, and what is done instead."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="reply_%s", **options)


class PlanForm(forms.Form):
    """The plan by which a coverage need is chaired and watched (C1)."""

    plan = forms.CharField(
        label=_("Who does what until when"), max_length=1000, widget=forms.Textarea({"rows": 5})
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="plan_%s", **options)


class NoticeForm(forms.Form):
    """What every channel says of a serious fault (CH12)."""

    wording = forms.CharField(
        label=_("What every channel says"), max_length=1000, widget=forms.Textarea({"rows": 4})
    )
    back_at = forms.DateTimeField(
        label=_("Expected to be back at"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="notice_%s", **options)


class ReportForm(forms.Form):
    """The fault analysis report for a customer who insists (CH12)."""

    report = forms.CharField(
        label=_("Fault analysis report"),
        max_length=6000,
        widget=forms.Textarea({"rows": 12}),
        help_text=_("What happened, since when, why, what was done, and how it is prevented."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="report_%s", **options)


class VisitForm(forms.Form):
    """What the customer said after closing (R10)."""

    is_solved = forms.ChoiceField(
        label=_("Is it solved?"),
        choices=((SOLVED, _("Yes")), (UNSOLVED, _("No")), (UNREACHED, _("Nobody was reached"))),
        widget=RadioChoices,
    )
    satisfaction = forms.TypedChoiceField(
        label=_("How content is the customer?"),
        choices=(("", _("Not asked")), *SATISFACTION),
        coerce=int,
        empty_value=None,
        required=False,
    )
    note = forms.CharField(
        label=_("What the customer said"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("What is still not solved goes to the superior of whoever closed it."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="visit_%s", **options)


class RowsForm(forms.Form):
    """What came of rows of a batch; none ticked means all that are open."""

    lines = forms.TypedMultipleChoiceField(label=_("Rows"), coerce=int, required=False)
    failed = forms.BooleanField(label=_("These rows failed"), required=False)
    note = forms.CharField(label=_("Why they failed"), max_length=200, required=False)

    def __init__(self, *args: Any, lines: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="rows_%s", **options)
        field: Any = self.fields["lines"]
        field.choices = [(number, number) for number in lines]
