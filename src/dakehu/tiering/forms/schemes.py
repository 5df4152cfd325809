"""A scheme of the operator's own: what it is called, whom it is about, its levels (T20, T24)."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dakehu.tiering.choices import MeasureUnit, SchemeKind
from dakehu.tiering.errors import UnableToChangeRules
from dakehu.tiering.queries.comparing import read_measure
from dakehu.tiering.queries.loading import pack_in
from dakehu.tiering.queries.measures import measures_for
from dakehu.tiering.queries.wording import name_of
from dakehu.tiering.rules.packs import Pack, PackLevel

MOST_LEVELS = 10
SHOWN_LEVELS = 5


class SchemeForm(forms.Form):
    """The scheme itself, and the measure by which its levels begin to be told apart."""

    code = forms.CharField(
        label=_("Code"), max_length=40, help_text=_("Lower-case letters, digits, hyphens.")
    )
    name = forms.CharField(label=_("Name (Chinese)"), max_length=80)
    name_en = forms.CharField(label=_("Name (English)"), max_length=80)
    purpose = forms.CharField(label=_("Purpose (Chinese)"), max_length=300, required=False)
    purpose_en = forms.CharField(label=_("Purpose (English)"), max_length=300, required=False)
    kind = forms.ChoiceField(label=_("About"), choices=SchemeKind.choices)
    with_prospects = forms.BooleanField(
        label=_("Prospects stand in it as well (groups only)"), required=False
    )
    evaluation_day = forms.IntegerField(
        label=_("Evaluated from the day of the month on"), min_value=1, max_value=28, initial=6
    )
    measure = forms.ChoiceField(
        label=_("Levels begin with the measure"),
        help_text=_("Conditions can be changed and joined in the editor afterwards."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="scheme_%s", **options)
        self.measures = {
            each.code: each
            for kind in (SchemeKind.GROUP, SchemeKind.INDIVIDUAL)
            for each in measures_for(kind).exclude(unit=MeasureUnit.TEXT)
        }
        groups: dict[str, list[tuple[str, str]]] = {}
        for each in self.measures.values():
            groups.setdefault(each.get_kind_display(), []).append((each.code, name_of(each)))
        self.fields["measure"].choices = list(groups.items())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        kind, measure = typed.get("kind"), self.measures.get(typed.get("measure", ""))
        if kind and measure and not measures_for(kind).filter(pk=measure.pk).exists():
            self.add_error("measure", _("This measure is about other customers."))
        if typed.get("with_prospects") and kind != SchemeKind.GROUP:
            self.add_error("with_prospects", _("Prospects stand among groups only."))
        return typed


class LevelForm(forms.Form):
    """One level, from the top; the last one takes the rest."""

    name = forms.CharField(label=_("Name (Chinese)"), max_length=40, required=False)
    name_en = forms.CharField(label=_("Name (English)"), max_length=40, required=False)
    least = forms.CharField(label=_("At least"), max_length=20, required=False)
    purpose = forms.CharField(label=_("Purpose (Chinese)"), max_length=300, required=False)
    purpose_en = forms.CharField(label=_("Purpose (English)"), max_length=300, required=False)

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed."""
        return not any((self.cleaned_data or {}).values())


class BaseLevelFormSet(forms.BaseFormSet):
    """The levels from the top."""

    def rows(self) -> list[LevelForm]:
        """Return the levels that were typed."""
        return [each for each in self.forms if not each.is_blank]

    def clean(self) -> None:
        if any(self.errors):
            return
        rows = self.rows()
        for place, row in enumerate(rows):
            typed, is_last = row.cleaned_data, place == len(rows) - 1
            if not typed["name"]:
                row.add_error("name", gettext("Name the level."))
            if not is_last and not typed["least"]:
                row.add_error("least", gettext("Type from which number on it is due."))
            if is_last and typed["least"]:
                row.add_error("least", gettext("The last level takes the rest: leave this empty."))
        if len(rows) < 2:
            raise ValidationError(gettext("A scheme needs two levels at least."))


LevelFormSet = forms.formset_factory(
    LevelForm, formset=BaseLevelFormSet, extra=SHOWN_LEVELS, max_num=MOST_LEVELS
)


def pack_typed(form: SchemeForm, levels: BaseLevelFormSet) -> Pack | None:
    """Return the scheme that was typed; None once a number is none, with the error beside it."""
    typed, rows = form.cleaned_data, levels.rows()
    measure = form.measures[typed["measure"]]
    found: list[dict[str, Any]] = []
    for rank, row in zip(range(len(rows) - 1, -1, -1), rows, strict=True):
        level: dict[str, Any] = {"rank": rank}
        if rank:
            try:
                least = read_measure(row.cleaned_data["least"].replace(",", ""), measure)
            except ValidationError as refusal:
                row.add_error("least", refusal)
                return None
            level["when"] = {"measure": measure.code, "is": ">=", "value": least}
        found.append(level)
    names = [row.cleaned_data for row in rows]
    return Pack(
        code=typed["code"],
        name=typed["name"],
        name_en=typed["name_en"],
        kind=typed["kind"],
        purpose=typed["purpose"],
        purpose_en=typed["purpose_en"],
        evaluation_day=typed["evaluation_day"],
        with_prospects=typed["with_prospects"],
        levels=tuple(
            PackLevel(
                level["rank"],
                n["name"],
                n["name_en"] or n["name"],
                n["purpose"],
                n["purpose_en"],
            )
            for level, n in zip(found, names, strict=True)
        ),
        body={"levels": found},
    )


class SchemeFileForm(forms.Form):
    """A file with a scheme."""

    file = forms.FileField(
        label=_("YAML file"),
        widget=forms.FileInput({"accept": ".yaml,.yml"}),
        help_text=_("As the shipped packs are; take one from a version of any scheme."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="scheme_file_%s", **options)
        self.pack: Pack | None = None

    def clean_file(self) -> Any:
        """Read the file; every fault is named with its line."""
        file = self.cleaned_data["file"]
        try:
            self.pack = pack_in(file.read())
        except UnableToChangeRules as refusal:
            raise ValidationError(str(refusal).split("\n")) from refusal
        return file
