"""Reusable filters over customers."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Self

from django.db import models

from dakehu.customers.choices import CustomerKind
from dakehu.customers.rules.words import Search, is_tail

if TYPE_CHECKING:
    from dakehu.people.models import Unit

CITY_CODE = 2
SHORTEST_PHONE = 7
# So many records are named to the database one by one; more are left to its index of words.
FEW = 2_000


class ToldQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Finds records by the words told of them (:mod:`dakehu.customers.rules.words`)."""

    def matching(self, typed: str) -> Self:
        """
        Keep the records of which every typed word is told, or whose telephone number is typed.

        Asks the index of words at once: neither database could tell from its figures whether a
        word is rare, and would read a million rows for three.
        """
        search = Search.of(typed)
        if not search:
            return self
        found = self.telling(search)
        return found if found is not None else self.filter(self.told(search))

    def telling(self, search: Search) -> Self | None:
        """Keep the records that a search finds, if they are few; nothing otherwise."""
        keys: set[int] = set()
        for some in self.ways_of_telling(search):
            keys.update(some.values_list("pk", flat=True)[: FEW + 1])
            if len(keys) > FEW:
                return None
        return self.filter(pk__in=keys)

    def whole(self, typed: str) -> Self:
        """Keep the records of which every typed word is told as a whole."""
        return self.filter(told__words__tells=Search.of(typed, whole=True))

    def ways_of_telling(self, search: Search) -> Iterator[models.QuerySet[Any]]:
        """Yield, one after the other, the records told in each of the ways."""
        everything = self.model._base_manager.order_by()
        yield self.words_model._base_manager.filter(words__tells=search)
        yield everything.filter(self.untold(search))
        for word in search.words:
            if word.isdigit() and len(word) >= SHORTEST_PHONE:
                others = (each for each in search.words if each != word)
                rest = (models.Q(search__contains=other) for other in others)
                yield everything.filter(*rest, phone=word)

    def told(self, search: Search) -> models.Q:
        """Return the condition that a search finds a record by its words."""
        condition = models.Q(told__words__tells=search)
        is_complete = not self.model._base_manager.filter(pk__gt=self.last_told).exists()
        return condition if is_complete else condition | self.untold(search)

    def untold(self, search: Search) -> models.Q:
        """Return the condition that finds records too new to be in the index of words."""
        condition = models.Q(pk__gt=self.last_told)
        for word in search.words:
            tail = models.Q(phone__endswith=word) if is_tail(word) else models.Q()
            condition &= models.Q(search__contains=word) | tail
        return condition

    @property
    def last_told(self) -> int:
        """The record up to which the index of words is complete."""
        return self.words_model._base_manager.aggregate(last=models.Max("pk"))["last"] or 0

    @property
    def words_model(self) -> Any:
        """The model that keeps the words told of this one."""
        return self.model._meta.get_field("told").related_model


class CustomerQuerySet(ToldQuerySet):
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

    def in_unit(self, unit: "Unit") -> Self:
        """Keep customers of a unit and of all units below it."""
        # Plain numbers, as a reach has them, and the city that the customers have an index of.
        below = list(type(unit).objects.below(unit).values_list("pk", flat=True))
        found = self.filter(unit__in=below)
        city, _, district = unit.code.partition("/")
        return found.filter(city_code=city) if district or len(city) == CITY_CODE else found
