"""Measures as the records define them, for rules, screens and the engine (T7, T20)."""

from collections.abc import Iterable, Mapping

from django.db.models import QuerySet
from django.http import Http404

from dakehu.facts import measures as ms
from dakehu.tiering.choices import SchemeKind
from dakehu.tiering.models import Measure
from dakehu.tiering.rules.bodies import KnownMeasure
from dakehu.tiering.rules.sources import source_from_data, with_parts


def subject_of(kind: str) -> ms.Subject:
    """Return of whom the measures of a kind of scheme speak; members are individuals."""
    return ms.Subject.GROUP if kind == SchemeKind.GROUP else ms.Subject.INDIVIDUAL


def measures_known() -> QuerySet[Measure]:
    """Return all measures in use; they are the same for everybody."""
    return Measure.objects.filter(removed_at__isnull=True).order_by("kind", "pk")


def measures_for(kind: str) -> QuerySet[Measure]:
    """Return the measures that rules of a kind of scheme may name."""
    return measures_known().filter(kind=subject_of(kind).value)


def get_measure(code: str) -> Measure:
    """
    Return one measure by its code.

    :raises Http404: if there is none.
    """
    found = measures_known().filter(code=code).first()
    if found is None:
        raise Http404
    return found


def engine_measure(measure: Measure) -> ms.Measure:
    """Return a measure as the engine computes it."""
    source = source_from_data(measure.source)
    return ms.Measure(measure.code, ms.Subject(measure.kind), source)


def engine_measures(kind: str) -> dict[str, ms.Measure]:
    """Return the measures of a kind of scheme as the engine computes them, by code."""
    return {each.code: engine_measure(each) for each in measures_for(kind)}


def known_to_rules(kind: str) -> dict[str, KnownMeasure]:
    """Return what reading rules has to know of the measures they may name."""
    return {
        code: KnownMeasure(code, measure.is_text)
        for code, measure in engine_measures(kind).items()
    }


def measures_named(codes: Iterable[str], kind: str) -> dict[str, ms.Measure]:
    """
    Return the measures of some codes, with those they are made of.

    :raises KeyError: if there is no such measure.
    """
    known: Mapping[str, ms.Measure] = engine_measures(kind)
    return with_parts({code: known[code] for code in codes}, known)
