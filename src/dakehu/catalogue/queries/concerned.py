"""What a version of a service takes away or changes, level by level, beside the one in force."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from dakehu.catalogue.models import ServiceVersion
from dakehu.catalogue.queries.services import version_in_force
from dakehu.catalogue.queries.wording import value_words
from dakehu.catalogue.rules.bodies import body_from_data
from dakehu.catalogue.rules.editing import touched
from dakehu.tiering.queries.standings import level_words
from dakehu.tiering.queries.wording import name_of


@dataclass(frozen=True)
class Touched:
    """One standard that changes at one level; ``source`` begins the words under which it binds."""

    scheme: str
    level: str
    source: str
    was: str
    now: str
    is_gone: bool

    def count_in(self, counts: Mapping[str, int]) -> int:
        """Return how many of what is counted by its source runs by this standard."""
        return sum(count for source, count in counts.items() if source.startswith(self.source))


def standards_touched(version: ServiceVersion, name: str, *, on: date) -> list[Touched]:
    """Return the levels at which a version changes ``times`` or ``frequency``, from the top."""
    old = version_in_force(version.service, on=on)
    if old is None or old.pk == version.pk:
        return []
    found = touched(body_from_data(old.body), body_from_data(version.body), name)
    levels = level_words()
    return [
        touched_at(version.service.code, levels[place], name, *turn)
        for place, turn in sorted(found.items(), key=lambda each: (each[0][0], -each[0][1]))
        if place in levels and turn[0]
    ]


def touched_at(service: str, level: Any, name: str, was: Any, now: Any) -> Touched:
    """Return a standard of a level in words, before and after."""
    return Touched(
        scheme=level.scheme.code,
        level=name_of(level),
        source=f"{service} {level.name} v",
        was=value_words(name, was),
        now=value_words(name, now) if now else _("taken away"),
        is_gone=not now,
    )


def version_numbered(pk: int) -> ServiceVersion:
    """
    Return one version by its number among all.

    :raises Http404: if there is none.
    """
    found = ServiceVersion.objects.select_related("service").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
