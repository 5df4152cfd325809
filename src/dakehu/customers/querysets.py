"""Reusable filters over customers."""

from typing import TYPE_CHECKING, Self

from django.db import models

from dakehu.common.chinese import search_words

if TYPE_CHECKING:
    from dakehu.people.models import Unit


class CustomerQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Filters over customers."""

    def matching(self, words: str) -> Self:
        """Keep customers whose number, name, pinyin, initials or phone contain every word."""
        found = self
        for word in search_words(words):
            found = found.filter(models.Q(search__contains=word) | models.Q(phone=word))
        return found

    def in_unit(self, unit: "Unit") -> Self:
        """Keep customers of a unit and of all units below it."""
        # Plain numbers, as a reach has them, and the city that the customers have an index of.
        below = list(type(unit).objects.below(unit).values_list("pk", flat=True))
        found = self.filter(unit__in=below)
        city, _, district = unit.code.partition("/")
        return found.filter(city_code=city) if district or len(city) == CITY_CODE else found


CITY_CODE = 2
