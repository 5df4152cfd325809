"""The forms of articles."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dakehu.messaging import queries
from dakehu.messaging.models import ArticleVersion
from dakehu.people.queries import product_names
from dakehu.ui.forms import VersionedForm

BODY_ROWS = 14


class SuggestingInput(forms.TextInput):
    """A text for which the browser suggests what others have typed."""

    template_name = "messaging/components/suggesting.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["suggestions"] = queries.topics()
        context["widget"]["attrs"]["list"] = f"{name}-suggestions"
        return context


class DayInput(forms.DateInput):
    """The browser's own picker of a day."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ArticleForm(VersionedForm, forms.ModelForm):
    """What an article says, what it is about, and who may read it until when."""

    product_code = forms.ChoiceField(label=_("Product"), required=False)

    class Meta:
        model = ArticleVersion
        fields = (
            "title",
            "topic",
            "product_code",
            "keywords",
            "body",
            "channels",
            "valid_until",
            "reason",
        )
        labels = {
            "title": _("Title"),
            "topic": _("Topic"),
            "keywords": _("Keywords"),
            "body": _("What is said"),
            "channels": _("Channels"),
            "valid_until": _("Valid until"),
            "reason": pgettext_lazy("of a version", "What is new"),
        }
        help_texts = {
            "title": _("The question as a customer would ask it, or the matter in a few words."),
            "topic": _("Choose one that is there already, or name a new one."),
            "keywords": _("Other words by which people look for it, separated by blanks."),
            "body": _("One wording for all channels. An empty line begins a new paragraph."),
            "channels": _("Who may read it. Tick none if everybody may."),
            "valid_until": _("The last day on which it may be said; empty while it holds."),
            "reason": _("For whoever publishes it, and for those who look back."),
        }
        widgets = {
            "topic": SuggestingInput(),
            "body": forms.Textarea({"rows": BODY_ROWS}),
            "valid_until": DayInput(),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="article_%s", **options)
        names = sorted(product_names().items(), key=lambda pair: pair[1])
        kept = self.instance.product_code
        others = [] if not kept or kept in dict(names) else [(kept, kept)]
        field: Any = self.fields["product_code"]
        field.choices = [("", _("None")), *names, *others]


class NoteForm(forms.Form):
    """Why a version is given back."""

    note = forms.CharField(label=_("What is to be changed"), max_length=300)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="decline_%s", **options)


class VoteForm(forms.Form):
    """Whether an article helped, and what was missed."""

    did_help = forms.TypedChoiceField(
        choices=(("yes", "yes"), ("no", "no")), coerce=lambda typed: typed == "yes"
    )
    note = forms.CharField(label=_("What was missing?"), max_length=300, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="vote_%s", **options)
