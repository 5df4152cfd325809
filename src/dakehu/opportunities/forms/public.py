"""The public form: what somebody outside wants, with their consent; no log-in (CH7)."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dakehu.cases.queries.callers import is_phone
from dakehu.channels.choices import ProductKind
from dakehu.channels.queries.wording import product_name
from dakehu.channels.values import Body
from dakehu.common.words import plain_phone
from dakehu.people.queries import cities

WANTS = (
    ("offer", _("I would like an offer")),
    ("plans", _("We plan to take it soon")),
)


def consent_words() -> str:
    """Return the words to which whoever sends the form agrees."""
    return _now(
        "I agree that the operator keeps what I wrote here and calls me about it. It is used for "
        "nothing else, given to nobody outside, and deleted when I ask for it."
    )


class PublicForm(forms.Form):
    """Who asks, where, for what."""

    company = forms.CharField(label=pgettext_lazy("on the public form", "Company"), max_length=120)
    contact_name = forms.CharField(label=_("Your name"), max_length=60)
    contact_phone = forms.CharField(
        label=_("Telephone number"),
        max_length=20,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "tel"}),
    )
    city = forms.ChoiceField(label=_("Where you are"))
    product = forms.ChoiceField(
        label=pgettext_lazy("on the public form", "What it is about"), required=False
    )
    wish = forms.ChoiceField(label=_("How far you are"), choices=WANTS, initial="offer")
    text = forms.CharField(
        label=_("What you need"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )
    # People do not see it; what fills it in is no person.
    website = forms.CharField(label=_("Leave this empty"), required=False, max_length=200)
    consent = forms.BooleanField(label=_("I agree"))

    def __init__(self, *args: Any, body: Body, **options: Any) -> None:
        super().__init__(*args, auto_id="public_%s", **options)
        self.cities = cities()
        place: Any = self.fields["city"]
        place.choices = [(code, str(city)) for code, city in self.cities.items()]
        box: Any = self.fields["product"]
        on_offer = [
            each
            for each in body.products.values()
            if not each.is_retired and each.kind != ProductKind.DATA
        ]
        box.choices = [
            ("", _("I do not know yet")),
            *((each.code, product_name(each)) for each in on_offer),
        ]
        self.fields["consent"].error_messages["required"] = _(
            "Without your agreement we may not keep what you wrote."
        )
        self.fields["website"].widget.attrs.update(tabindex="-1", autocomplete="off")

    def clean_contact_phone(self) -> str:
        """Keep a telephone number as it is stored everywhere."""
        typed: str = self.cleaned_data["contact_phone"].strip()
        if not is_phone(typed):
            raise forms.ValidationError(_("This is no telephone number: digits only."))
        return plain_phone(typed)

    @property
    def is_trapped(self) -> bool:
        """Whether something filled in what people do not see; of a form that holds or not."""
        return bool(self.data.get("website", "").strip())

    @property
    def area(self) -> Any:
        """The city that was chosen; of a form that holds."""
        return self.cities[self.cleaned_data["city"]]
