"""Editing a draft: one product with what every channel does with it, and the stages."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dakehu.channels.choices import (
    Activity,
    Channel,
    Fulfilment,
    Mark,
    Part,
    ProductKind,
    Stage,
    Way,
)
from dakehu.channels.values import Body, Capability, Product
from dakehu.people.queries import product_names
from dakehu.ui.filters import DayInput

NOT_ITSELF = ("", _("Not itself"))
THE_REST = _("The rest")
LONGEST_LINE = 120
FACTS = ("name", "name_en", "kind", "is_complex", "fulfilment", "price_note", "is_sticky",
         "is_retired")  # fmt: skip


def lines_of(typed: str) -> tuple[str, ...]:
    """Return what was typed one a line: each once, and no longer than a point of a list is."""
    lines = (line.strip()[:LONGEST_LINE] for line in typed.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))


class ProposeForm(forms.Form):
    """From which day on a version holds, and why."""

    active_from = forms.DateField(label=_("Holds from"), widget=DayInput)
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="propose_%s", **options)


class DraftForm(forms.Form):
    """What every form of a draft has: the draft as it was on the screen."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def cells(self, channel: Channel, names: list[str]) -> tuple[str, list[Any]]:
        """Return a line of the grid: the channel, and its boxes."""
        return str(channel.label), [self[name] for name in names]


class ProductForm(DraftForm):
    """One product, and what every channel does with it."""

    code = forms.RegexField(
        r"^[A-Z][A-Z0-9_]{1,39}$",
        label=_("Code"),
        help_text=_("Capital letters, digits and _; it never changes."),
    )
    name = forms.CharField(label=_("Chinese name"), max_length=80)
    name_en = forms.CharField(label=_("English name"), max_length=80, required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=ProductKind.choices, initial=ProductKind.STANDARD
    )
    fulfilment = forms.ChoiceField(
        label=_("How it comes about"), choices=Fulfilment.choices, initial=Fulfilment.ORDER
    )
    price_note = forms.CharField(label=_("Price note"), max_length=200, required=False)
    codes = forms.MultipleChoiceField(
        label=_("What the cities' files call it"),
        required=False,
        help_text=_("Choose several with Ctrl."),
    )
    papers = forms.CharField(
        label=_("Papers to check before it is ordered"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("One a line; empty for the usual ones."),
    )
    is_complex = forms.BooleanField(label=_("Complex product"), required=False)
    is_sticky = forms.BooleanField(label=_("Binds customers"), required=False)
    is_retired = forms.BooleanField(label=_("Not sold any more"), required=False)

    def __init__(self, *args: Any, body: Body, product: Product | None, **options: Any) -> None:
        super().__init__(*args, auto_id="product_%s", **options)
        self.product = product
        known = {**product_names(), **{code: code for code in (product.codes if product else ())}}
        known.update(product_names())
        codes: Any = self.fields["codes"]
        codes.choices = sorted(known.items(), key=lambda pair: pair[1])
        if product is not None:
            del self.fields["code"]
            self.initial.update({name: getattr(product, name) for name in FACTS})
            self.initial["codes"] = list(product.codes)
            self.initial["papers"] = "\n".join(product.papers)
        for channel in Channel:
            cell = body.capability(channel, product.code) if product else Capability()
            self.add_channel(channel, cell)

    def add_channel(self, channel: Channel, cell: Capability) -> None:
        """Add the boxes of a channel."""
        for activity in Activity:
            self.fields[f"{channel}-{activity}"] = forms.ChoiceField(
                label=f"{channel.label}: {activity.label}",
                choices=[NOT_ITSELF, *Mark.choices],
                required=False,
                initial=cell.marks.get(activity, ""),
            )
        self.fields[f"{channel}-otherwise"] = forms.ChoiceField(
            label=f"{channel.label}: {THE_REST}", choices=Way.choices, initial=cell.otherwise
        )

    @property
    def heads(self) -> list[Any]:
        """What stands above the columns of the grid."""
        return [*Activity.labels, THE_REST]

    @property
    def grid(self) -> Iterator[tuple[str, list[Any]]]:
        """The grid, channel by channel."""
        for channel in Channel:
            yield self.cells(channel, [f"{channel}-{each}" for each in (*Activity, "otherwise")])

    @property
    def facts(self) -> list[Any]:
        """The boxes that are not part of the grid."""
        first = [] if self.product else ["code"]
        names = ("name", "name_en", "kind", "fulfilment", "price_note", "codes", "papers",
                 "is_complex", "is_sticky", "is_retired")  # fmt: skip
        return [self[name] for name in (*first, *names)]

    @property
    def changed(self) -> Product:
        """The product as it was typed; of a form that holds."""
        typed = self.cleaned_data
        return Product(
            code=self.product.code if self.product else typed["code"],
            name=typed["name"],
            name_en=typed["name_en"],
            kind=ProductKind(typed["kind"]),
            is_complex=typed["is_complex"],
            fulfilment=Fulfilment(typed["fulfilment"]),
            price_note=typed["price_note"],
            is_sticky=typed["is_sticky"],
            is_retired=typed["is_retired"],
            codes=tuple(typed["codes"]),
            papers=lines_of(typed["papers"]),
        )

    @property
    def capabilities(self) -> dict[Channel, Capability]:
        """What every channel does with it; of a form that holds."""
        return {
            channel: Capability(
                {
                    activity: Mark(mark)
                    for activity in Activity
                    if (mark := self.cleaned_data[f"{channel}-{activity}"])
                },
                Way(self.cleaned_data[f"{channel}-otherwise"]),
            )
            for channel in Channel
        }


class StagesForm(DraftForm):
    """Which part every channel takes in every stage."""

    def __init__(self, *args: Any, body: Body, **options: Any) -> None:
        super().__init__(*args, auto_id="stage_%s", **options)
        for channel in Channel:
            for stage in Stage:
                self.fields[f"{channel}-{stage}"] = forms.ChoiceField(
                    label=f"{channel.label}: {stage.label}",
                    choices=[("", "–"), *Part.choices],
                    required=False,
                    initial=body.stages.get(channel, {}).get(stage, ""),
                )

    @property
    def heads(self) -> list[Any]:
        """What stands above the columns of the grid."""
        return list(Stage.labels)

    @property
    def grid(self) -> Iterator[tuple[str, list[Any]]]:
        """The grid, channel by channel."""
        for channel in Channel:
            yield self.cells(channel, [f"{channel}-{stage}" for stage in Stage])

    @property
    def parts(self) -> dict[Channel, dict[Stage, Part]]:
        """The parts as they were chosen; of a form that holds."""
        return {
            channel: {
                stage: Part(part)
                for stage in Stage
                if (part := self.cleaned_data[f"{channel}-{stage}"])
            }
            for channel in Channel
        }
