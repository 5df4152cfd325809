"""What a service is: its description, units, channels."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dakehu.catalogue import choices
from dakehu.catalogue.queries.services import services_known, unsaved_service
from dakehu.catalogue.queries.wording import NAMES, service_name
from dakehu.catalogue.values import Advance, Body
from dakehu.people.choices import UnitFunction
from dakehu.ui.forms import TickBoxes

TEXTS = ("content", "content_en", "work", "work_en")
TICKED = ("recipients", "channels", "leading", "supporting", "classes", "covers")
SETS: dict[str, Any] = {
    "recipients": choices.Recipient,
    "channels": choices.Channel,
    "leading": UnitFunction,
    "supporting": UnitFunction,
    "classes": choices.ServiceClass,
}


class FrameForm(forms.Form):
    """The frame of a version; its terms have forms of their own."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    depth = forms.TypedChoiceField(label=NAMES["depth"], choices=choices.Depth.choices, coerce=int)
    minimum = forms.IntegerField(
        label=NAMES["minimum"], required=False, min_value=2, max_value=100_000,
        help_text=_("So many of the same kind are a batch and take the green channel."),
    )  # fmt: skip
    advance_days = forms.IntegerField(
        label=_("Channels are told so many days before a launch"), required=False,
        min_value=1, max_value=60,
    )  # fmt: skip
    advance_working = forms.BooleanField(label=_("counted in working days"), required=False)
    advance_trained = forms.BooleanField(label=_("and trained by then"), required=False)

    def __init__(self, *args: Any, body: Body, **options: Any) -> None:
        super().__init__(*args, auto_id="frame_%s", **options)
        self.body = body
        for name in TEXTS:
            self.fields[name] = forms.CharField(
                label=NAMES[name], max_length=600, required=name == "content",
                widget=forms.Textarea(attrs={"rows": 3}),
            )  # fmt: skip
        for name in TICKED:
            known = SETS[name].choices if name in SETS else services_ticked()
            self.fields[name] = forms.MultipleChoiceField(
                label=NAMES[name], choices=known, widget=TickBoxes,
                required=name in {"leading", "classes"},
            )  # fmt: skip
        self.order_fields([*TEXTS, *TICKED])
        self.initial.update({name: getattr(body, name) for name in (*TEXTS, *TICKED)})
        self.initial.update(depth=body.depth, minimum=body.minimum)
        if body.advance is not None:
            self.initial.update(
                advance_days=body.advance.days,
                advance_working=body.advance.working,
                advance_trained=body.advance.trained,
            )

    @property
    def frame(self) -> Body:
        """The frame that was entered, with the terms as they were; of a form that holds."""
        sent = self.cleaned_data
        days = sent["advance_days"]
        return Body(
            **{name: sent[name].strip() for name in TEXTS},
            **{name: tuple(sent[name]) for name in TICKED},
            depth=sent["depth"],
            minimum=sent["minimum"],
            advance=Advance(days, sent["advance_working"], sent["advance_trained"])
            if days
            else None,
            standards=self.body.standards,
        )


class ServiceForm(FrameForm):
    """A service that the operator adds: what it is called, and its frame."""

    code = forms.RegexField(
        r"^[A-Z][A-Z0-9]{0,11}$", label=_("Code"), max_length=12,
        help_text=_("Capital letters and digits, such as Q1. It stands before the name."),
    )  # fmt: skip
    name = forms.CharField(label=_("Name in Chinese"), max_length=80)
    name_en = forms.CharField(label=_("Name in English"), max_length=80)
    family = forms.ChoiceField(label=_("Part of the catalogue"), choices=choices.Family.choices)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, body=Body(), **options)
        del self.fields["version"]
        self.order_fields(["code", "name", "name_en", "family", *TEXTS, *TICKED])

    @property
    def service(self) -> Any:
        """The service that was entered; of a form that holds."""
        names = ("code", "name", "name_en", "family")
        return unsaved_service(**{name: self.cleaned_data[name].strip() for name in names})


def services_ticked() -> list[tuple[str, str]]:
    """Return all services to tick."""
    return [(each.code, f"{each.code} {service_name(each)}") for each in services_known()]
