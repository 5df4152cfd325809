"""What is typed for campaigns."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dakehu.campaigns.choices import Form, Result, Source
from dakehu.campaigns.models import Campaign
from dakehu.campaigns.queries.reading import drafts_of
from dakehu.campaigns.values import Called
from dakehu.people.queries import colleagues_of, units_within
from dakehu.targets.queries.groups import groups_visible_to
from dakehu.ui.forms import PersonField, RadioChoices, TickedField, VersionedForm, YuanField

DAY = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class CampaignForm(VersionedForm, forms.ModelForm):
    """What is offered to whom, when and how."""

    products = TickedField(label=_("Products"), required=False)
    sms_fen = YuanField(label=_("Cost of one part of an SMS in yuan"))
    call_fen = YuanField(label=_("Cost of one call in yuan"))

    class Meta:
        model = Campaign
        fields = (
            "name", "purpose", "products", "form", "unit", "first_day", "last_day", "source",
            "group", "spread", "script", "replies", "title", "text", "sms_fen", "call_fen",
        )  # fmt: skip
        labels = {
            "name": pgettext_lazy("of a campaign", "Name"),
            "purpose": _("What it is to achieve"),
            "form": _("By what customers are contacted"),
            "unit": _("Unit that runs it"),
            "first_day": _("First day"),
            "last_day": _("Last day"),
            "source": _("Customers"),
            "group": _("Target group"),
            "spread": _("Who makes the call"),
            "script": _("What is said on the telephone"),
            "replies": _("Replies to choose from, one a line"),
            "title": _("Title of an e-mail"),
            "text": _("What the message says"),
        }
        help_texts = {
            "unit": _("Customers of this unit and of those below it are contacted."),
            "group": _("Its members are frozen when the campaign is released."),
            "text": _("How many parts an SMS takes, and what they cost, stands on the next page."),
        }
        widgets = {
            "purpose": forms.Textarea({"rows": 2}),
            "first_day": DAY,
            "last_day": DAY,
            "script": forms.Textarea({"rows": 6}),
            "replies": forms.Textarea({"rows": 3}),
            "text": forms.Textarea({"rows": 4}),
        }

    def __init__(
        self, *args: Any, actor: Any, products: list[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*args, auto_id="campaign_%s", **options)
        shown: dict[str, Any] = self.fields
        shown["unit"].queryset = units_within(actor)
        shown["group"].queryset = groups_visible_to(actor).exclude(state="DRAFT")
        shown["group"].empty_label = _("None")
        shown["form"].choices = Form.choices
        shown["source"].choices = Source.choices
        known = {code for code, _name in products}
        extra = [(code, code) for code in self.instance.codes if code not in known]
        shown["products"].choices = [*products, *extra]
        if self.instance.unit_id is None:
            self.initial["unit"] = actor.unit_id

    def clean(self) -> dict[str, Any]:
        """Forget the group where customers are chosen in a list."""
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("source") == Source.LIST:
            typed["group"] = None
        return typed


class ReasonForm(forms.Form):
    """Why a campaign is given back or stopped."""

    reason = forms.CharField(label=_("Reason"), max_length=300)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="reason_%s", **options)


class PickForm(forms.Form):
    """To which draft chosen customers are added."""

    campaign = forms.ModelChoiceField(
        label=_("Campaign"), queryset=None, empty_label=_("Choose a draft")
    )

    def __init__(self, *args: Any, actor: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="pick_%s", **options)
        campaigns: Any = self.fields["campaign"]
        campaigns.queryset = drafts_of(actor)


class AssignForm(forms.Form):
    """Who calls instead."""

    owner = PersonField(label=_("Who makes the call"), queryset=None)

    def __init__(self, *args: Any, actor: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="assign_%s", **options)
        people: Any = self.fields["owner"]
        people.queryset = colleagues_of(actor, permission="campaigns.handle")


class CallForm(forms.Form):
    """What a call brought."""

    result = forms.ChoiceField(
        label=_("What the call brought"), choices=Result.choices, widget=RadioChoices
    )
    reply = forms.ChoiceField(label=_("What they said"), required=False, widget=RadioChoices)
    again_on = forms.DateField(label=_("Call again on"), required=False, widget=DAY)
    note = forms.CharField(
        label=_("Note"), max_length=300, required=False, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: Any, campaign: Campaign, **options: Any) -> None:
        super().__init__(*args, auto_id="call_%s", **options)
        reply: Any = self.fields["reply"]
        reply.choices = [(each, each) for each in campaign.offered_replies]
        if not reply.choices:
            del self.fields["reply"]

    @property
    def called(self) -> Called:
        """What the call brought; of a form that holds."""
        return Called(**self.cleaned_data)
