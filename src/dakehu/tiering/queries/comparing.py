"""What the editor of conditions offers, and how typed words become values (T20, T23)."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from dakehu.tiering.choices import MeasureUnit
from dakehu.tiering.models import Measure
from dakehu.tiering.queries.wording import name_of
from dakehu.tiering.values import DECIMALS, Operand
from dakehu.ui.conditions import Comparable

KNOWN_SHOWN = 12


def comparables_of(
    named: Iterable[Measure | Operand], group: str | Promise = ""
) -> dict[str, Comparable]:
    """Return measures, or fields of the records, as the editor offers them."""
    return {each.code: comparable_of(each, group) for each in named}


def comparable_of(named: Measure | Operand, group: str | Promise) -> Comparable:
    """Return one thing that can be compared."""

    def read(word: str) -> int | str:
        return (
            read_operand(word, named) if isinstance(named, Operand) else read_measure(word, named)
        )

    is_text = named.is_text if isinstance(named, Operand) else named.unit == MeasureUnit.TEXT
    return Comparable(named.code, name_of(named), read, is_text=is_text, group=group)


def read_measure(word: str, measure: Measure) -> int | str:
    """
    Return a typed word as the measure counts it; amounts are typed in yuan.

    :raises ValidationError: if it is no number where the measure has numbers.
    """
    if measure.unit == MeasureUnit.TEXT:
        return word
    try:
        number = float(word) if measure.unit == MeasureUnit.FEN else int(word)
    except ValueError:
        raise no_number(word, measure) from None
    return round(number * 100) if measure.unit == MeasureUnit.FEN else int(number)


def read_operand(word: str, operand: Operand) -> int | str:
    """
    Return a typed word as the field holds it: by a value's name, a day, a number, or as it is.

    :raises ValidationError: if the field has no such value.
    """
    for value, label in operand.labels.items():
        if word in {str(value), label}:
            return value
    if operand.labels:
        known = list(operand.labels.values())
        listed = _(", ").join(known[:KNOWN_SHOWN]) + (" …" if len(known) > KNOWN_SHOWN else "")
        raise ValidationError(
            _("%(name)s has no value %(word)s. Known: %(known)s.")
            % {"name": name_of(operand), "word": word, "known": listed}
        )
    try:
        return read_plain(word, operand.form)
    except ValueError:
        if operand.form == "day":
            raise ValidationError(_("Write the day as YYYY-MM-DD.")) from None
        raise no_number(word, operand) from None


def read_plain(word: str, form: str) -> int | str:
    """
    Return a typed word in a form of values.

    :raises ValueError: if it has another form.
    """
    if form == "day":
        day = date.fromisoformat(word)
        return day.year * 10_000 + day.month * 100 + day.day
    if form == "decimal":
        return round(float(word) * DECIMALS)
    return int(word) if form == "number" else word


def no_number(word: str, named: Measure | Operand) -> ValidationError:
    """Return that a word is no number."""
    said = _("%(word)s is no number; %(name)s has numbers.")
    return ValidationError(said % {"word": word, "name": name_of(named)})
