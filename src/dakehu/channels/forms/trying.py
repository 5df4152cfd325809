"""The dry run: any facts, typed by hand."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dakehu.channels.choices import Activity, Channel, Class
from dakehu.channels.queries.wording import product_name
from dakehu.channels.values import Body, Candidate, Facts, Named


class Presence(models.TextChoices):
    """How somebody is there who could take over."""

    NONE = "NONE", _("There is none")
    THERE = "THERE", _("On duty")
    COVERED = "COVERED", _("Away, with a deputy")
    AWAY = "AWAY", _("Away, without a deputy")
    INACTIVE = "INACTIVE", _("Does not work here any more")


MANAGER, PARTNER, TELEPHONE = 1, 2, 3
DEPUTIES = 10


class TryForm(forms.Form):
    """Facts of a contact that never happened."""

    channel = forms.ChoiceField(label=_("Contact channel"), choices=Channel.choices)
    first = forms.ChoiceField(label=_("Product named"), required=False)
    first_activity = forms.ChoiceField(label=_("What is wanted of it"), choices=Activity.choices)
    second = forms.ChoiceField(label=_("Another product"), required=False)
    second_activity = forms.ChoiceField(
        label=_("What is wanted of the other"), choices=Activity.choices
    )
    customer_class = forms.ChoiceField(label=_("Class of the customer"), choices=Class.choices)
    manager = forms.ChoiceField(label=_("Account manager"), choices=Presence.choices)
    partner = forms.ChoiceField(label=_("Core partner of the area"), choices=Presence.choices)
    telephone = forms.ChoiceField(label=_("Telephone manager"), choices=Presence.choices)
    has_specifics = forms.BooleanField(label=_("Gives specifics"), required=False)
    plans = forms.BooleanField(label=_("Plans to take it"), required=False)
    is_willing = forms.BooleanField(label=_("Willing to go on"), required=False)
    in_person = forms.BooleanField(label=_("The member is there in person"), required=False)
    is_entitled = forms.BooleanField(
        label=_("Whoever takes the contact has authority for what is named"), required=False
    )

    def __init__(self, *args: Any, body: Body, **options: Any) -> None:
        super().__init__(*args, auto_id="try_%s", **options)
        names = [(each.code, product_name(each)) for each in body.products.values()]
        for field in ("first", "second"):
            box: Any = self.fields[field]
            box.choices = [("", _("None")), *names]

    @property
    def facts(self) -> Facts:
        """The facts as they were typed; of a form that holds."""
        typed = self.cleaned_data
        named = tuple(
            Named(typed[box], Activity(typed[f"{box}_activity"]))
            for box in ("first", "second")
            if typed[box]
        )
        partner = candidate(typed["partner"], PARTNER, gettext("the core partner"))
        return Facts(
            channel=Channel(typed["channel"]),
            named=named,
            has_specifics=typed["has_specifics"],
            plans=typed["plans"],
            is_willing=typed["is_willing"],
            customer_class=Class(typed["customer_class"]),
            in_person=typed["in_person"],
            authorities=frozenset(each.product for each in named if typed["is_entitled"]),
            manager=candidate(typed["manager"], MANAGER, gettext("the account manager")),
            partners=(partner,) if partner else (),
            telephone=candidate(typed["telephone"], TELEPHONE, gettext("the telephone manager")),
        )


def candidate(presence: str, key: int, name: str) -> Candidate | None:
    """Return somebody who is there like that; nobody if there is none."""
    if presence == Presence.NONE:
        return None
    deputy = Candidate(key + DEPUTIES, gettext("the deputy of %(name)s") % {"name": name})
    return Candidate(
        key,
        name,
        is_active=presence != Presence.INACTIVE,
        is_away=presence in {Presence.COVERED, Presence.AWAY},
        deputy=deputy if presence == Presence.COVERED else None,
    )
