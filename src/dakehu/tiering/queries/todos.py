"""What to-dos about levels say, and where they lead."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from dakehu.tiering.models import LevelMapping, RuleSet, Scheme
from dakehu.tiering.queries.wording import name_of

PEOPLE = 1 << 32
"""The number of a to-do about moves is made of evaluation and person; see :func:`pair`."""


def pair(evaluation_id: int, staff_id: int) -> int:
    """Return one number for an evaluation and the person whom it concerns."""
    return evaluation_id * PEOPLE + staff_id


def rules_words(facts: Mapping[str, Any]) -> str:
    """Return the words of a to-do to publish rules."""
    said = _("%(by)s asks you to publish version %(number)s of %(scheme)s")
    return said % {**facts, "scheme": scheme_name(facts["scheme"])}


def rules_url(number: int) -> str:
    """Return where rules that wait are published."""
    found = RuleSet.objects.select_related("scheme").filter(pk=number).first()
    return reverse("tiering:version", args=[found.scheme.code, found.number]) if found else ""


def mapping_words(facts: Mapping[str, Any]) -> str:
    """Return the words of a to-do to publish matches of levels."""
    said = _("%(by)s asks you to publish which levels of %(scheme)s and %(other)s match")
    names = {name: scheme_name(facts[name]) for name in ("scheme", "other")}
    return said % {**facts, **names}


def mapping_url(number: int) -> str:
    """Return where matches that wait are published."""
    found = LevelMapping.objects.select_related("scheme", "other").filter(pk=number).first()
    return reverse("tiering:mapping", args=[found.scheme.code, found.other.code]) if found else ""


def grant_words(facts: Mapping[str, Any]) -> str:
    """Return the words of a to-do to decide about a level by hand."""
    return _("%(by)s proposes %(level)s by hand for %(customer)s") % facts


def moves_words(facts: Mapping[str, Any]) -> str:
    """Return the words of a to-do about whose customers went up or down."""
    said = _("%(scheme)s: %(up)s of your customers go up, %(down)s go down")
    return said % {**facts, "scheme": scheme_name(facts["scheme"])}


def moves_url(number: int) -> str:
    """Return the list of the moves that concern a person."""
    return f"{reverse('tiering:moves')}?owner={number % PEOPLE}"


def scheme_name(code: str) -> str:
    """Return the name of a scheme by its code."""
    found = Scheme.objects.filter(code=code).first()
    return name_of(found) if found else code
