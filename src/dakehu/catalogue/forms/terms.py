"""What levels are promised: one form for the terms of some levels of a scheme."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dakehu.catalogue import choices
from dakehu.catalogue.queries.wording import NAMES
from dakehu.catalogue.values import (
    Coverage,
    FormRule,
    Frequency,
    Handling,
    PromisedTime,
    Terms,
)
from dakehu.clocks.choices import ClockKind, TimeUnit
from dakehu.clocks.values import Standard
from dakehu.ui.forms import TickBoxes

LONGEST_TEXT = 300
MOST = 999
SHARES = (choices.Population.ALL, choices.Population.GOVERNMENT, choices.Population.OTHERS)
FORMS_FOR = (choices.Population.ALL, choices.Population.IMPORTANT)
UNITS = [("", "–"), *TimeUnit.choices]


def count(label: Any, most: int = MOST) -> forms.IntegerField:
    """Return a field for a positive number that may be missing."""
    return forms.IntegerField(label=label, required=False, min_value=1, max_value=most)


def choice(label: Any, known: Any) -> forms.ChoiceField:
    """Return a field for one of a set, or nothing."""
    return forms.ChoiceField(label=label, choices=[("", "–"), *known.choices], required=False)


class TermsForm(forms.Form):
    """The terms of some levels: words, and only those figures that the standard has."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    levels = forms.TypedMultipleChoiceField(label=_("Holds for"), coerce=int, widget=TickBoxes)
    offer = forms.ChoiceField(label=NAMES["offer"], choices=choices.Offer.choices)
    text = forms.CharField(label=NAMES["text"], max_length=LONGEST_TEXT)
    text_en = forms.CharField(label=NAMES["text_en"], max_length=LONGEST_TEXT, required=False)
    least = count(_("At least so often"), 366)
    cycle = choice(_("per"), choices.Cycle)
    goal = count(_("aiming at"), 366)
    population = choice(_("of"), choices.Population)
    form = choice(_("in the form"), choices.Form)
    limit_months = count(NAMES["limit_months"], 60)
    priority = count(NAMES["priority"], 9)
    modes = forms.MultipleChoiceField(
        label=_("Handled by, in this order"), choices=choices.Mode.choices, required=False,
        widget=TickBoxes,
    )  # fmt: skip
    handler = choice(_("Taken by"), choices.Handler)
    dispatch = choice(_("Engineers sent"), choices.Dispatch)
    same_engineer = forms.BooleanField(
        label=_("in principle the original engineer"), required=False
    )

    def __init__(
        self, *args: Any, levels: Mapping[int, str], terms: Terms, **options: Any
    ) -> None:
        super().__init__(*args, auto_id="terms_%s", **options)
        self.fields["levels"].choices = [(str(rank), name) for rank, name in levels.items()]  # type: ignore[attr-defined]
        for kind in ClockKind:
            for place in ("", "_or"):
                self.fields[f"amount_{kind}{place}"] = count(kind.label)
                self.fields[f"unit_{kind}{place}"] = forms.ChoiceField(
                    label=kind.label, choices=UNITS, required=False
                )
        for share in SHARES:
            self.fields[f"share_{share}"] = count(share.label, 100)
        for occasion in choices.Occasion:
            for whom in FORMS_FOR:
                self.fields[f"by_{occasion}_{whom}"] = forms.MultipleChoiceField(
                    label=f"{occasion.label} · {whom.label}", choices=choices.Form.choices,
                    required=False, widget=TickBoxes,
                )  # fmt: skip
        self.initial.update(initial_of(terms))

    @property
    def time_rows(self) -> list[tuple[Any, list[Any]]]:
        """The inputs of each kind of promised time, for the page."""
        return [
            (
                kind.label,
                [
                    self[f"{name}_{kind}{place}"]
                    for place in ("", "_or")
                    for name in ("amount", "unit")
                ],
            )
            for kind in ClockKind
        ]

    @property
    def share_fields(self) -> list[Any]:
        """The inputs of coverage, for the page."""
        return [self[f"share_{share}"] for share in SHARES]

    @property
    def form_fields(self) -> list[Any]:
        """The inputs of forms allowed, for the page."""
        return [self[f"by_{each}_{whom}"] for each in choices.Occasion for whom in FORMS_FOR]

    def clean(self) -> Any:
        """Refuse half a figure: an amount without its unit, a number without its period."""
        sent = super().clean() or self.cleaned_data
        for kind in ClockKind:
            for place in ("", "_or"):
                self.refuse_half(f"amount_{kind}{place}", f"unit_{kind}{place}")
            if sent.get(f"amount_{kind}_or") and not sent.get(f"amount_{kind}"):
                self.add_error(f"amount_{kind}", _("Name the first time before the second."))
        self.refuse_half("least", "cycle")
        if sent.get("goal") and sent.get("least") and sent["goal"] < sent["least"]:
            self.add_error("goal", _("What is aimed at is not less than the least."))
        if sent.get("modes") and not (sent.get("handler") and sent.get("dispatch")):
            self.add_error("handler", _("Say who takes it and how engineers are sent."))
        if sent.get("offer") == choices.Offer.TO_CONFIRM and self.has_figures(sent):
            self.add_error("offer", _("What is to be confirmed has no figures yet."))
        return sent

    def refuse_half(self, first: str, second: str) -> None:
        """Refuse one of two inputs without the other."""
        if bool(self.cleaned_data.get(first)) != bool(self.cleaned_data.get(second)):
            missing = second if self.cleaned_data.get(first) else first
            self.add_error(missing, _("This belongs to the value beside it."))

    def has_figures(self, sent: Mapping[str, Any]) -> bool:
        """Tell whether anything was entered that a caller would take as promised."""
        figures = ["least", "limit_months", *(f"share_{each}" for each in SHARES)]
        return any(sent.get(name) for name in (*figures, *(f"amount_{k}" for k in ClockKind)))

    @property
    def ranks(self) -> list[int]:
        """The levels that the terms are for; of a form that holds."""
        return list(self.cleaned_data["levels"])

    @property
    def terms(self) -> Terms:
        """The terms that were entered; of a form that holds."""
        sent = self.cleaned_data
        return Terms(
            offer=choices.Offer(sent["offer"]),
            text=sent["text"].strip(),
            text_en=sent["text_en"].strip(),
            times=tuple(times_in(sent)),
            frequency=frequency_in(sent),
            coverage=tuple(
                Coverage(sent[f"share_{each}"], each) for each in SHARES if sent[f"share_{each}"]
            ),
            limit_months=sent["limit_months"],
            priority=sent["priority"],
            forms=tuple(
                FormRule(occasion, tuple(map(choices.Form, ticked)), whom)
                for occasion in choices.Occasion
                for whom in FORMS_FOR
                if (ticked := sent[f"by_{occasion}_{whom}"])
            ),
            handling=handling_in(sent),
        )


def times_in(sent: Mapping[str, Any]) -> list[PromisedTime]:
    """Return the promised times that were entered."""
    found = []
    for kind in ClockKind:
        standards = tuple(
            Standard(amount, TimeUnit(sent[f"unit_{kind}{place}"]))
            for place in ("", "_or")
            if (amount := sent[f"amount_{kind}{place}"])
        )
        if standards:
            found.append(PromisedTime(kind, standards))
    return found


def frequency_in(sent: Mapping[str, Any]) -> Frequency | None:
    """Return how often something recurs, if that was entered."""
    least = sent["least"]
    if not least:
        return None
    return Frequency(
        least,
        sent["goal"] or least,
        choices.Cycle(sent["cycle"]),
        choices.Population(sent["population"] or choices.Population.ALL),
        choices.Form(sent["form"]) if sent["form"] else None,
    )


def handling_in(sent: Mapping[str, Any]) -> Handling | None:
    """Return how requests are handled, if that was entered."""
    if not sent["modes"]:
        return None
    modes = tuple(map(choices.Mode, sent["modes"]))
    handler, dispatch = choices.Handler(sent["handler"]), choices.Dispatch(sent["dispatch"])
    return Handling(modes, handler, dispatch, sent["same_engineer"])


def initial_of(terms: Terms) -> dict[str, Any]:
    """Return the terms of a level as they stand in the form."""
    found: dict[str, Any] = {
        "offer": terms.offer,
        "text": terms.text,
        "text_en": terms.text_en,
        "limit_months": terms.limit_months,
        "priority": terms.priority,
    }
    for time in terms.times:
        for place, each in zip(("", "_or"), time.standards, strict=False):
            found[f"amount_{time.kind}{place}"] = each.amount
            found[f"unit_{time.kind}{place}"] = each.unit
    if (often := terms.frequency) is not None:
        found.update(
            least=often.least, goal=often.goal, cycle=often.cycle, population=often.population,
            form=often.form,
        )  # fmt: skip
    found.update({f"share_{each.population}": each.percent for each in terms.coverage})
    found.update({f"by_{r.occasion}_{r.population}": list(r.forms) for r in terms.forms})
    if (handled := terms.handling) is not None:
        found.update(
            modes=list(handled.modes), handler=handled.handler, dispatch=handled.dispatch,
            same_engineer=handled.same_engineer,
        )  # fmt: skip
    return found
