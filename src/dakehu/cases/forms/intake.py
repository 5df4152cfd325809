"""The intake: who calls, what kind, what is said; the rest can wait (CH3)."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dakehu.cases.choices import ASKED_KINDS, CHANNELS, CaseChannel, CaseKind
from dakehu.cases.errors import UnableToKeepCase
from dakehu.cases.policies import HANDLE
from dakehu.cases.queries import callers
from dakehu.cases.queries.sheets import lines_of
from dakehu.cases.rules.batches import MOST_LINES, lines_in, repeated
from dakehu.cases.values import NewCase
from dakehu.people.policies import may, role_of
from dakehu.people.queries import product_names
from dakehu.ui.forms import RadioChoices
from dakehu.ui.picking import PickInput

KEYS = "123456789abc"
TEXT_ROWS, LINE_ROWS = 5, 6
TROUBLES_SHOWN = 5


def kind_choices() -> list[tuple[str, str]]:
    """Return the kinds of cases, each with the key that chooses it in the list."""
    pairs = zip(KEYS, ASKED_KINDS, strict=True)
    return [(kind.value, f"{key} {kind.label}") for key, kind in pairs]


class Then(models.TextChoices):
    """What becomes of a case that was just taken."""

    QUEUE = "QUEUE", _("Into the queue of the team")
    KEEP = "KEEP", _("I keep it")
    SOLVED = "SOLVED", _("Solved on the spot")


class IntakeForm(forms.Form):
    """Who calls, what kind of request it is, what they say, and what was told to them."""

    who = forms.CharField(
        label=_("Number or name"),
        max_length=120,
        required=False,
        widget=PickInput("cases:callers"),
        help_text=_("Telephone number, customer number, name, pinyin or initials."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=kind_choices)
    text = forms.CharField(
        label=_("What the customer says"),
        max_length=4000,
        widget=forms.Textarea({"rows": TEXT_ROWS}),
    )
    lines = forms.CharField(
        label=_("Rows of the batch"),
        required=False,
        widget=forms.Textarea({"rows": LINE_ROWS}),
        help_text=_("One number per row, then what is to be done; paste it from a workbook."),
    )
    file = forms.FileField(
        label=_("Or the list as a spreadsheet"),
        required=False,
        widget=forms.FileInput({"accept": ".xlsx,.xls,.csv"}),
        help_text=_("Numbers in the first column, what is to be done in the second."),
    )
    answer = forms.CharField(
        label=_("What you told them"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("An answer counts from the moment it is written down here."),
    )
    then = forms.ChoiceField(
        label=pgettext_lazy("at the intake", "Then"),
        choices=Then.choices,
        initial=Then.QUEUE,
        widget=RadioChoices,
    )
    caller_name = forms.CharField(label=_("Who speaks"), max_length=60, required=False)
    caller_phone = forms.CharField(label=_("Call back at"), max_length=20, required=False)
    channel = forms.ChoiceField(label=_("Channel"), choices=CaseChannel.choices)
    product_code = forms.ChoiceField(label=_("Product"), required=False)
    subject = forms.CharField(
        label=_("Subject"),
        max_length=120,
        required=False,
        help_text=_("Left empty it is the first sentence."),
    )

    def __init__(self, *args: Any, actor: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="intake_%s", **options)
        self.actor = actor
        self.customer: Any = None
        self.rows: tuple[Any, ...] = ()
        usual = CHANNELS.get(role_of(actor).kind, CaseChannel.HOTLINE)
        self.initial.setdefault("channel", usual.value)
        names = sorted(product_names().items(), key=lambda pair: pair[1])
        products: Any = self.fields["product_code"]
        products.choices = [("", _("None")), *names]
        then: Any = self.fields["then"]
        if not may(actor, HANDLE):
            then.choices = [pair for pair in Then.choices if pair[0] == Then.QUEUE]
        self.fields["who"].widget.attrs["autofocus"] = True

    def clean_who(self) -> str:
        """Find the customer; a telephone number of nobody stands for an unknown caller."""
        typed: str = self.cleaned_data["who"].strip()
        self.customer = callers.caller_named(self.actor, typed)
        if typed and self.customer is None and not callers.is_phone(typed):
            raise forms.ValidationError(
                _("Nobody of this name within your reach, or several. Choose a suggestion, type a "
                  "telephone number, or leave it empty and name the caller below.")
            )  # fmt: skip
        return typed

    def clean_lines(self) -> str:
        """Read the rows of a batch."""
        typed: str = self.cleaned_data["lines"]
        rows, troubles = lines_in(typed)
        if troubles:
            shown = ", ".join(troubles[:TROUBLES_SHOWN])
            words = _("Rows that do not begin with a number: %(rows)s")
            raise forms.ValidationError(words, params={"rows": shown})
        if len(rows) > MOST_LINES:
            words = _("At most %(most)s rows go into one batch.")
            raise forms.ValidationError(words, params={"most": MOST_LINES})
        if twice := repeated(rows):
            words = _("Numbers that stand there twice: %(numbers)s")
            shown = ", ".join(twice[:TROUBLES_SHOWN])
            raise forms.ValidationError(words, params={"numbers": shown})
        self.rows = tuple(rows)
        return typed

    def read_file(self, typed: dict[str, Any]) -> None:
        """Read the rows of a batch from a spreadsheet, or say which of them are wrong."""
        if typed.get("lines"):
            self.add_error("file", _("Paste the rows or send a file, not both."))
            return
        try:
            self.rows = tuple(lines_of(typed["file"]))
        except UnableToKeepCase as refusal:
            self.add_error("file", str(refusal))

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        kind, then = typed.get("kind"), typed.get("then")
        if then == Then.SOLVED and not typed.get("answer"):
            self.add_error("answer", _("Write what the customer was told."))
        if then == Then.SOLVED and kind == CaseKind.BATCH:
            self.add_error("then", _("A batch is worked off row by row; it cannot be solved yet."))
        if typed.get("file") and kind == CaseKind.BATCH:
            self.read_file(typed)
        known = (typed.get(name) for name in ("caller_phone", "caller_name"))
        if typed.get("who") == "" and not any(known):
            self.add_error("who", _("Type who calls, or at least a name or number below."))
        return typed

    @property
    def new(self) -> NewCase:
        """The case as it is to be opened; of a form that holds."""
        typed = self.cleaned_data
        phone = typed["caller_phone"] or ("" if self.customer else typed["who"])
        is_batch = typed["kind"] == CaseKind.BATCH
        return NewCase(
            kind=typed["kind"],
            channel=typed["channel"],
            text=typed["text"],
            customer=self.customer,
            subject=typed["subject"],
            caller_name=typed["caller_name"],
            caller_phone=phone,
            product_code=typed["product_code"],
            lines=self.rows if is_batch else (),
            answer=typed["answer"],
            is_solved=typed["then"] == Then.SOLVED,
            keep=typed["then"] == Then.KEEP,
        )
