"""What is typed for surveys: by the people of the house, and by customers."""

from typing import Any

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dakehu.surveys.choices import AskedBy, InvitationState, QuestionKind, Source
from dakehu.surveys.models import Question, Survey
from dakehu.surveys.queries.results import answers_offered
from dakehu.surveys.rules import MOST_AT_ONCE
from dakehu.surveys.values import Given, Sample
from dakehu.targets.queries.groups import groups_visible_to
from dakehu.ui.forms import RadioChoices, VersionedForm

LONGEST = 1000
DAY = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class SurveyForm(VersionedForm, forms.ModelForm):
    """What a survey is called, what stands above its questions, until when it runs."""

    class Meta:
        model = Survey
        fields = ("name", "name_en", "intro", "intro_en", "last_day", "remind_after")
        labels = {
            "name": pgettext_lazy("of a survey", "Name"),
            "name_en": pgettext_lazy("of a survey", "Name in English"),
            "intro": _("What stands above the questions, and in the message"),
            "intro_en": _("The same in English"),
            "last_day": _("Last day"),
            "remind_after": _("Remind after so many days"),
        }
        help_texts = {
            "remind_after": _(
                "Whoever was sent a link and has not answered by then gets it once more; empty "
                "for no reminder. Refusals and limits hold for it too."
            ),
        }
        widgets = {
            "intro": forms.Textarea({"rows": 2}),
            "intro_en": forms.Textarea({"rows": 2}),
            "last_day": DAY,
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="survey_%s", **options)


class QuestionForm(VersionedForm, forms.ModelForm):
    """One question, and how it is answered."""

    class Meta:
        model = Question
        fields = ("kind", "text", "text_en", "options", "options_en", "is_required")
        labels = {
            "kind": _("Kind of question"),
            "text": _("Question"),
            "text_en": _("Question in English"),
            "options": _("Answers to choose from, one a line"),
            "options_en": _("The answers in English, in the same order"),
            "is_required": _("Has to be answered"),
        }
        help_texts = {"options_en": _("Left empty, customers read them in Chinese.")}
        widgets = {
            "options": forms.Textarea({"rows": 4}),
            "options_en": forms.Textarea({"rows": 4}),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="question_%s", **options)


class SampleForm(forms.Form):
    """Whom to ask: from where, how many, by what."""

    source = forms.ChoiceField(label=_("Drawn from"), choices=Source.choices)
    group = forms.ModelChoiceField(
        label=_("Target group"), queryset=None, required=False, empty_label=_("None")
    )
    days = forms.IntegerField(
        label=_("Closed or visited within so many days"), min_value=1, max_value=365, initial=30
    )
    way = forms.ChoiceField(label=_("How they are asked"), choices=AskedBy.choices)
    size = forms.IntegerField(label=_("How many"), min_value=1, max_value=MOST_AT_ONCE, initial=50)
    seed = forms.CharField(
        label=_("Seed of the draw"),
        max_length=40,
        help_text=_("The same seed draws the same customers, so that a draw can be checked."),
    )

    known = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, actor: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="sample_%s", **options)
        group: Any = self.fields["group"]
        group.queryset = groups_visible_to(actor)

    def clean(self) -> dict[str, Any]:
        """Ask for the group where members of one are drawn."""
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("source") == Source.GROUP and not typed.get("group"):
            self.add_error("group", _now("Name the target group."))
        return typed

    @property
    def sample(self) -> Sample:
        """The sample that was typed."""
        typed = {name: value for name, value in self.cleaned_data.items() if name != "known"}
        return Sample(**typed)


class DeclineForm(forms.Form):
    """Why a customer gave no answers on the telephone."""

    state = forms.ChoiceField(
        label=_("What became of the call"),
        choices=[
            (each.value, each.label)
            for each in (InvitationState.DECLINED, InvitationState.UNREACHED)
        ],
        widget=RadioChoices,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="decline_%s", **options)


class AnswerForm(forms.Form):
    """The questions of a survey as inputs, in the language of the page."""

    def __init__(self, *args: Any, questions: list[Question], **options: Any) -> None:
        super().__init__(*args, auto_id="answer_%s", **options)
        self.questions = questions
        for question in questions:
            self.fields[f"q{question.pk}"] = field_of(question)

    @property
    def given(self) -> dict[int, Given]:
        """What was answered, by question."""
        found = {}
        for question in self.questions:
            typed = self.cleaned_data.get(f"q{question.pk}", "")
            if question.kind == QuestionKind.WORDS:
                found[question.pk] = Given(question.pk, text=typed)
            else:
                found[question.pk] = Given(question.pk, int(typed) if typed else None)
        return found


def field_of(question: Question) -> forms.Field:
    """Return the input of a question."""
    is_english = (get_language() or "").startswith("en")
    words = question.text_en if is_english and question.text_en else question.text
    if question.kind == QuestionKind.WORDS:
        return forms.CharField(
            label=words,
            max_length=LONGEST,
            required=question.is_required,
            widget=forms.Textarea({"rows": 3}),
        )
    return forms.ChoiceField(
        label=words,
        choices=[
            (str(number), label) for number, label in answers_offered(question, english=is_english)
        ],
        required=question.is_required,
        widget=RadioChoices,
        help_text=hint_of(question.kind),
    )


def hint_of(kind: str) -> str:
    """Return what the ends of a range stand for."""
    if kind == QuestionKind.RECOMMEND:
        return _now("0: not at all, 10: certainly")
    if kind == QuestionKind.SATISFIED:
        return _now("1: not at all, 5: very")
    return ""
