"""Measures that the operator defines from delivered columns, without code (T7, T20)."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from dakehu.audit.operations import create_record, remove_record, save_record
from dakehu.facts import measures as ms
from dakehu.people.policies import require
from dakehu.tiering.choices import MeasureUnit
from dakehu.tiering.errors import UnableToDefineMeasure
from dakehu.tiering.models import Measure
from dakehu.tiering.policies import RULES
from dakehu.tiering.queries.measures import engine_measure, measures_known
from dakehu.tiering.queries.uses import uses_of
from dakehu.tiering.queries.wording import PROBLEMS
from dakehu.tiering.rules.compiling import CITY
from dakehu.tiering.rules.sources import measure_from, source_to_data

if TYPE_CHECKING:
    from dakehu.people.models import Staff

CODE = re.compile(r"[a-z][a-z0-9_]{1,39}")
RESERVED = {"number", "city_id", "due", "level", "streak", "turn", "before", "since", CITY}


@transaction.atomic
def define_measure(*, values: Mapping[str, Any], by: "Staff", at: datetime) -> Measure:
    """
    Define a measure: code, names, kind, unit, source and note.

    :raises PermissionDenied: if ``by`` may not change rules.
    :raises UnableToDefineMeasure: if the code is taken or no code, or the source makes no sense.
    """
    require(by, RULES)
    code = values["code"]
    if not CODE.fullmatch(code) or code in RESERVED or code.startswith(("prior_", "raw_")):
        raise UnableToDefineMeasure(
            _("A code is lower-case letters, digits and underscores, and no word of the engine.")
        )
    if Measure.objects.filter(code=code).exists():
        raise UnableToDefineMeasure(_("There is a measure with this code already."))
    measure = Measure(**{**values, "source": checked_source(values)})
    return create_record(measure, by=by, at=at)


def checked_source(values: Mapping[str, Any]) -> dict[str, Any]:
    """
    Return the source of a measure, whole.

    :raises UnableToDefineMeasure: if it makes no sense.
    """
    try:
        measure = measure_from(values["code"], values["kind"], values["source"])
    except ValueError as error:
        raise UnableToDefineMeasure(str(PROBLEMS[str(error)])) from error
    if isinstance(measure.source, ms.Share | ms.Difference):
        known = {e.code: e for e in measures_known().filter(kind=values["kind"])}
        for part in (measure.source.top, measure.source.base):
            made = known.get(part)
            if made is None or {"share", "difference"} & set(made.source):
                raise UnableToDefineMeasure(
                    _("Name two measures of such customers that are not made of others.")
                )
    return source_to_data(measure.source)


@transaction.atomic
def describe_measure(
    *, measure: Measure, values: Mapping[str, str], version: int, by: "Staff", at: datetime
) -> None:
    """
    Give a measure other names, unit or note; its source stays what published rules read.

    :raises PermissionDenied: if ``by`` may not change rules.
    :raises UnableToDefineMeasure: if words would become numbers, or numbers words.
    :raises EditedMeanwhile: if somebody else changed the same since ``version``.
    """
    require(by, RULES)
    if (values["unit"] == MeasureUnit.TEXT) != engine_measure(measure).is_text:
        raise UnableToDefineMeasure(
            _("This measure holds words, and no unit fits them but “word”.")
            if engine_measure(measure).is_text
            else _("This measure holds numbers; choose a unit of numbers.")
        )
    for name in ("name", "name_en", "unit", "note"):
        setattr(measure, name, values[name])
    save_record(measure, by=by, at=at, version=version)


@transaction.atomic
def remove_measure(*, measure: Measure, by: "Staff", at: datetime) -> None:
    """
    Take a measure away that no rules name.

    :raises PermissionDenied: if ``by`` may not change rules.
    :raises UnableToDefineMeasure: if it comes with Dakehu, or rules, other measures, a cohort
        or a target group name it; it says which.
    """
    require(by, RULES)
    if measure.is_shipped:
        raise UnableToDefineMeasure(_("This measure comes with Dakehu and stays."))
    if uses := uses_of(measure):
        words = _("It is named by: %(uses)s. Change them first.")
        raise UnableToDefineMeasure(words % {"uses": _("; ").join(uses)})
    remove_record(measure, by=by, at=at)
