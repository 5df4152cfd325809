"""The forms of greetings, of what they say, and of festivals (C9)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dakehu.care.choices import GreetingResult
from dakehu.care.models import Festival, Greeting, Wording
from dakehu.care.queries.greetings import all_festivals
from dakehu.ui.forms import VersionedForm

WORDS = forms.Textarea({"rows": 3})


class GreetingForm(VersionedForm, forms.ModelForm):
    """The form and the words of a greeting that is still to be approved."""

    class Meta:
        model = Greeting
        fields = ("form", "text", "text_en")
        labels = {
            "form": _("Form"),
            "text": _("What it says"),
            "text_en": _("What it says in English"),
        }
        widgets = {"text": WORDS, "text_en": WORDS}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="greeting_%s", **options)


class GreetedForm(forms.Form):
    """What came of a greeting."""

    result = forms.ChoiceField(label=_("Result"), choices=GreetingResult.choices)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)


class FestivalForm(VersionedForm, forms.ModelForm):
    """A festival on which customers are greeted."""

    class Meta:
        model = Festival
        fields = ("name", "name_en", "calendar", "month", "day", "is_important")
        labels = {
            "name": _("Name"),
            "name_en": _("English name"),
            "calendar": _("Calendar"),
            "month": _("Month of the year"),
            "day": _("Day of the month"),
            "is_important": _("Important: kept with customers of every level"),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="festival_%s", **options)


class WordingForm(VersionedForm, forms.ModelForm):
    """What greetings say."""

    class Meta:
        model = Wording
        fields = ("kind", "festival", "text", "text_en")
        labels = {
            "kind": _("Occasion"),
            "festival": _("Festival"),
            "text": _("What it says"),
            "text_en": _("What it says in English"),
        }
        help_texts = {
            "festival": _("Leave it empty for words that fit all."),
            "text": _(
                "Filled in: {customer}, {person}, {occasion}, {years}, {manager}. "
                "Each stands in braces."
            ),
        }
        widgets = {"text": WORDS, "text_en": WORDS}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="wording_%s", **options)
        self.fields["festival"].queryset = all_festivals()  # type: ignore[attr-defined]
