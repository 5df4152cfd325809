"""What is typed to answer a case by message, and to keep the templates for it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dakehu.cases.models import ReplyTemplate
from dakehu.clocks.choices import ClockKind
from dakehu.outbox.choices import Way
from dakehu.ui.forms import VersionedForm

PLACES_TOLD = _(
    "Filled in: {customer}, {caller}, {number}, {subject}, {team}, {due} (the next deadline) and "
    "{link} (the customer's own page of progress)."
)
OTHER = "other"
WORDS = forms.Textarea({"rows": 5})


class ReplyForm(forms.Form):
    """A message to whoever asked: where to, by which template, what it says."""

    to = forms.ChoiceField(label=_("Sent to"))
    other = forms.CharField(
        label=_("Another number or address"),
        max_length=120,
        required=False,
        help_text=_("Only if none of the known ones is right."),
    )
    template = forms.ChoiceField(label=_("Template"), required=False)
    title = forms.CharField(label=_("Title of an e-mail"), max_length=120, required=False)
    text = forms.CharField(
        label=_("What it says"), max_length=1000, widget=WORDS, help_text=PLACES_TOLD
    )
    is_initial = forms.BooleanField(
        label=_("This is the initial answer: what will be done, and until when"), required=False
    )

    def __init__(
        self, *args: Any, addresses: list[Any], templates: list[Any], url: str = "", **options: Any
    ) -> None:
        super().__init__(*args, auto_id="reply_%s", **options)
        self.addresses = {name: (way, address) for name, way, address, _whose in addresses}
        to: Any = self.fields["to"]
        to.choices = [
            *((name, f"{Way(way).label} {at} · {whose}") for name, way, at, whose in addresses),
            (OTHER, _now("Another number or address")),
        ]
        template: Any = self.fields["template"]
        template.choices = [("", _now("None: write freely")), *languages_of(templates)]
        template.widget.attrs |= {
            "hx-get": url,
            "hx-trigger": "change",
            "hx-target": "#reply_text",
            "hx-select": "#reply_text",
            "hx-swap": "outerHTML",
            "hx-push-url": "false",
        }

    def clean(self) -> dict[str, Any]:
        """Ask for the other number or address where it was chosen."""
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("to") == OTHER and not typed.get("other"):
            self.add_error("other", _now("Write the number or the address."))
        return typed

    @property
    def reply(self) -> dict[str, Any]:
        """What the operation takes, as values."""
        typed = self.cleaned_data
        to = typed["other"]
        way = Way.EMAIL if "@" in to else Way.SMS
        if typed["to"] != OTHER:
            way, address = self.addresses[typed["to"]]
            to = address.plain
        return {
            "way": way,
            "to": to,
            "text": typed["text"],
            "title": typed["title"],
            "answers": (ClockKind.INITIAL_ANSWER.value,) if typed["is_initial"] else (),
        }


def languages_of(templates: list[Any]) -> list[tuple[str, str]]:
    """Return every template as a choice, in each language that it has."""
    found = []
    for each in templates:
        kind = each.get_kind_display() or _now("Any kind")
        found.append((f"{each.pk}-zh", f"{kind} · {each.name}"))
        if each.text_en:
            found.append((f"{each.pk}-en", f"{kind} · {each.name} · English"))
    return found


class TemplateForm(VersionedForm, forms.ModelForm):
    """A reply template: its name, for which kind, what it says in both languages."""

    class Meta:
        model = ReplyTemplate
        fields = ("name", "kind", "text", "text_en")
        labels = {
            "name": _("Name of the template"),
            "kind": _("Kind"),
            "text": _("What it says"),
            "text_en": _("What it says in English"),
        }
        help_texts = {"text": PLACES_TOLD}
        widgets = {"text": WORDS, "text_en": WORDS}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="template_%s", **options)
        kind: Any = self.fields["kind"]
        every = pgettext_lazy("kind of case", "Any")
        kind.choices = [("", every), *(pair for pair in kind.choices if pair[0])]
