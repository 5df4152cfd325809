"""Taking packs into the records: schemes and measures that are not there yet (T20)."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from dakehu.tiering.choices import RuleState
from dakehu.tiering.models import Level, LevelMapping, Measure, RuleSet, Scheme
from dakehu.tiering.rules.matching import matches_to_data
from dakehu.tiering.rules.packs import FOREVER, Pack, PackMapping, PackMeasure


@transaction.atomic
def take_measures(*, measures: Iterable[PackMeasure]) -> int:
    """Add the measures that are not known yet; known ones stay as they are. Returns how many."""
    known = set(Measure.objects.values_list("code", flat=True))
    new = [
        Measure(
            code=each.code,
            name=each.name,
            name_en=each.name_en,
            kind=each.kind,
            unit=each.unit,
            source=dict(each.source),
            note=each.note,
            is_shipped=True,
        )
        for each in measures
        if each.code not in known
    ]
    Measure.objects.bulk_create(new)
    return len(new)


@transaction.atomic
def take_pack(*, pack: Pack, on: date) -> bool:
    """
    Add a scheme with its levels and first rules, unless it has rules already.

    Its rules hold from the beginning and nobody published them: they came with Dakehu. Returns
    whether anything was added.
    """
    scheme, _ = Scheme.objects.get_or_create(
        code=pack.code, defaults={"name": pack.name, "name_en": pack.name_en}
    )
    if scheme.rule_sets.exists():
        take_english(scheme, pack)
        return False
    scheme.kind, scheme.position = pack.kind, pack.position
    scheme.purpose, scheme.purpose_en = pack.purpose, pack.purpose_en
    scheme.evaluation_day, scheme.with_prospects = pack.evaluation_day, pack.with_prospects
    scheme.save()
    for level in pack.levels:
        Level.objects.get_or_create(
            scheme=scheme,
            rank=level.rank,
            defaults={
                "name": level.name,
                "name_en": level.name_en,
                "purpose": level.purpose,
                "purpose_en": level.purpose_en,
            },
        )
    RuleSet.objects.create(
        scheme=scheme,
        number=1,
        state=RuleState.PUBLISHED,
        body=dict(pack.body),
        active_from=FOREVER,
        created_on=on,
        published_on=on,
    )
    return True


def take_english(scheme: Scheme, pack: Pack) -> None:
    """Translate the purposes of a scheme that came before the English ones, unless changed."""
    known = Scheme.objects.filter(pk=scheme.pk, purpose=pack.purpose, purpose_en="")
    known.update(purpose_en=pack.purpose_en)
    for each in pack.levels:
        same = scheme.levels.filter(rank=each.rank, purpose=each.purpose, purpose_en="")
        same.update(purpose_en=each.purpose_en)


@transaction.atomic
def take_mapping(*, mapping: PackMapping, on: date) -> bool:
    """
    Add the matches of two schemes, unless people or an earlier set-up matched them already.

    Returns whether anything was added.
    """
    scheme, other = (Scheme.objects.get(code=code) for code in (mapping.scheme, mapping.other))
    if LevelMapping.objects.filter(scheme__in=(scheme, other), other__in=(scheme, other)).exists():
        return False
    LevelMapping.objects.create(
        scheme=scheme,
        other=other,
        number=1,
        state=RuleState.PUBLISHED,
        pairs=matches_to_data(mapping.matches),
        reason=mapping.reason,
        active_from=FOREVER,
        published_on=on,
    )
    return True
