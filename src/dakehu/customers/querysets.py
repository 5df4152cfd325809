"""Reusable filters over customers."""

from typing import TYPE_CHECKING, Self

from django.db import models

from dakehu.common.chinese import search_words
from dakehu.customers.choices import CustomerKind

if TYPE_CHECKING:
    from dakehu.people.models import Unit

CITY_CODE = 2
SHOWN_TAIL = 4


class CustomerQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Filters over customers."""

    def present(self) -> Self:
        """Keep customers that are neither removed nor merged into another; former ones stay."""
        return self.filter(removed_at__isnull=True, merged_into__isnull=True)

    def current(self) -> Self:
        """Keep the customers of the working lists: present ones that are not former."""
        return self.present().filter(retained_at__isnull=True)

    def in_pool(self) -> Self:
        """Keep key customers and prospects whom nobody looks after (M3)."""
        wanted = models.Q(managed=True) | models.Q(kind=CustomerKind.PROSPECT)
        return self.current().filter(wanted, manager__isnull=True)

    def matching(self, words: str) -> Self:
        """Keep customers of whom every word is told.

        A word is part of the number, name, pinyin or initials, or the telephone number, or the
        last four digits of it. Those stand in every masked number; a search by more of them would
        let the masked ones be guessed.
        """
        found = self
        for word in search_words(words):
            is_tail = word.isdigit() and len(word) == SHOWN_TAIL
            phone = models.Q(phone__endswith=word) if is_tail else models.Q(phone=word)
            found = found.filter(models.Q(search__contains=word) | phone)
        return found

    def in_unit(self, unit: "Unit") -> Self:
        """Keep customers of a unit and of all units below it."""
        # Plain numbers, as a reach has them, and the city that the customers have an index of.
        below = list(type(unit).objects.below(unit).values_list("pk", flat=True))
        found = self.filter(unit__in=below)
        city, _, district = unit.code.partition("/")
        return found.filter(city_code=city) if district or len(city) == CITY_CODE else found
