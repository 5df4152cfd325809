"""Reusable filters over customers."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Self

from django.db import connection, models

from dakehu.common.words import Search, is_tail
from dakehu.customers.choices import CARD_SCHEME, CustomerKind, CustomerStatus
from dakehu.people.policies import of_cities

if TYPE_CHECKING:
    from dakehu.people.models import Unit

# So many records are named to the database one by one; more are left to its index of words.
FEW = 500
# From so many on, reading in order and asking each row is quicker than sorting what is found.
SOME = 5_000
# From so many on, that holds for rows that are only counted, too.
MANY = 20_000


def finding(model: type[models.Model], search: Search, vendor: str) -> tuple[str, str]:
    """
    Return a query of the keys of the rows that a search finds, and its one parameter.

    ``model`` keeps words. The words of a search are letters and digits, which need no escape.
    """
    table = model._meta.db_table
    if vendor == "postgresql":
        wanted = " & ".join(
            "(" + " | ".join(f"'{each.word}'{':*' * each.begins}" for each in either) + ")"
            for either in search.alternatives
        )
        return f"SELECT record_id FROM {table} WHERE words @@ %s::tsquery", wanted
    wanted = " AND ".join(
        "(" + " OR ".join(f'"{each.word}"{"*" * each.begins}' for each in either) + ")"
        for either in search.alternatives
    )
    # The full-text table's rows have the numbers of the rows that they tell of.
    return f"SELECT rowid FROM {table}_told WHERE {table}_told MATCH %s", wanted


def found_keys(model: type[models.Model], search: Search, *, most: int) -> list[int]:
    """Return the keys of the rows that a search finds, in no particular order."""
    query, wanted = finding(model, search, connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(f"{query} LIMIT %s", [wanted, most])
        return [key for (key,) in cursor.fetchall()]


def count_found(model: type[models.Model], search: Search, *, most: int) -> int:
    """Return how many rows a search finds, at most ``most``."""
    query, wanted = finding(model, search, connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({query} LIMIT %s) found", [wanted, most])
        return int(cursor.fetchone()[0])


class IsFound(models.Func):
    """
    The condition that a search finds the row with a key.

    PostgreSQL knows from its figures of the words how many a search finds, and gathers them or
    reads in order as is quicker; numbers, none of which is frequent, are gathered. SQLite does not
    know: with ``number``, how many are found everywhere,
    rows are asked one by one as they are read where that is quicker than gathering what is found:
    in an order, of which the first few are enough, if some are found; and always if very many are.
    """

    output_field = models.BooleanField()

    def __init__(
        self, key: str, model: type[models.Model], search: Search, *, number: int = 0
    ) -> None:
        super().__init__(key)
        self.model = model
        self.search = search
        self.number = number

    def as_sql(self, compiler: Any, connection: Any, **_context: Any) -> tuple[str, list[Any]]:
        key, parameters = compiler.compile(self.source_expressions[0])
        query, wanted = finding(self.model, self.search, connection.vendor)
        is_apart = self.search.is_number and connection.vendor == "postgresql"
        gathered = f"= ANY(ARRAY({query}))" if is_apart else f"IN ({query})"
        return f"{key} {gathered}", [*parameters, wanted]

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, list[Any]]:
        """Keep the list of keys, by a sign, from being what the rows are looked up by."""
        asked, parameters = self.as_sql(compiler, connection, **context)
        in_order = bool(compiler.query.order_by)
        is_gathered = self.number <= (SOME if in_order else MANY)
        return (asked if is_gathered else f"+{asked}"), parameters


class ToldQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Finds records by the words told of them (:mod:`dakehu.common.words`)."""

    # Asked once; what is derived from a query set that knows it need not ask again.
    _is_told: bool | None = None

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]
        clone._is_told = self._is_told
        return clone

    def matching(self, typed: str) -> Self:
        """
        Keep the records of which every typed word is told, or whose telephone number is typed.

        Asks the index of words at once: neither database could tell from its figures whether a
        word is rare, and would read a million rows for three.
        """
        search = Search.of(typed)
        if not search:
            # Blanks ask for nothing; signs that no word holds ask for what nobody has.
            return self.none() if typed.strip() else self
        keys = self.keys_of(search)
        return self.filter(pk__in=keys) if len(keys) <= FEW else self.filter(self.found(search))

    def keys_of(self, search: Search) -> set[int]:
        """Return the keys of the records that a search finds: all, or of many more than few."""
        (keys,) = self.keys_of_each([search])
        return keys

    def keys_of_each(self, searches: Iterable[Search]) -> Iterator[set[int]]:
        """Yield what :meth:`keys_of` returns for each of several searches."""
        is_complete = self.is_told
        for search in searches:
            keys: set[int] = set()
            for some in self.some_keys(search, is_complete=is_complete):
                keys.update(some)
                if len(keys) > FEW:
                    break
            yield keys

    def some_keys(self, search: Search, *, is_complete: bool) -> Iterator[Iterable[int]]:
        """Yield the keys of records found in each of the ways, one more than few of each."""
        yield found_keys(self.words_model, search, most=FEW + 1)
        if is_complete and not search.phones:
            return
        everything = self.model._base_manager.order_by().values_list("pk", flat=True)
        if not is_complete:
            yield everything.filter(self.untold(search))[: FEW + 1]
        for phone in search.phones:
            others = (models.Q(search__contains=each) for each in search.words if each != phone)
            yield everything.filter(*others, phone=phone)[: FEW + 1]

    def found(self, search: Search) -> models.Q | IsFound:
        """Return the condition that a search finds a record by its words."""
        condition = IsFound("pk", self.words_model, search, number=self.spread(search))
        return condition if self.is_told else models.Q(condition) | self.untold(search)

    def spread(self, search: Search) -> int:
        """
        Return how many rows a search finds wherever one reads, or one more than many.

        A number finds none in that sense: customers are read in its order, and all that it finds
        lie together. PostgreSQL need not be told.
        """
        if search.is_number or connection.vendor == "postgresql":
            return 0
        return count_found(self.words_model, search, most=MANY + 1)

    def untold(self, search: Search) -> models.Q:
        """Return the condition that finds records too new to be in the index of words."""
        condition = models.Q(pk__gt=self.last_told)
        for word in search.words:
            tail = models.Q(phone__endswith=word) if is_tail(word) else models.Q()
            condition &= models.Q(search__contains=word) | tail
        return condition

    @property
    def is_told(self) -> bool:
        """Whether the index of words knows the newest record, too."""
        if self._is_told is None:
            untold = self.model._base_manager.filter(pk__gt=self.last_told)
            self._is_told = not untold.exists()
        return self._is_told

    @property
    def last_told(self) -> int:
        """The record up to which the index of words is complete."""
        return self.words_model._base_manager.aggregate(last=models.Max("pk"))["last"] or 0

    @property
    def words_model(self) -> Any:
        """The model that keeps the words told of this one."""
        return self.model._meta.get_field("told").related_model


class IsKind(models.Func):
    """
    The condition that a customer is of a kind that most are of.

    SQLite would look all of the kind up by its index and sort them, where reading in the order of
    the list is quicker; the sign keeps it from that.
    """

    template = "%(expressions)s = '%(kind)s'"
    output_field = models.BooleanField()

    def __init__(self, kind: CustomerKind) -> None:
        super().__init__("kind", kind=kind.value)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template=f"+{self.template}", **context)


class CustomerQuerySet(ToldQuerySet):
    """Filters over customers."""

    def individuals(self) -> Self:
        """Keep individuals, who are most of all."""
        return self.filter(IsKind(CustomerKind.INDIVIDUAL))

    def at_level(self, rank: int) -> models.Q:
        """
        Return the condition that a customer stands at a card level in force.

        A level of few names them; one of many is asked for row by row, in whatever order the rows
        are read.
        """
        standing = self.standings_in_force().filter(level__rank=rank)
        few = list(standing.order_by().values_list("customer", flat=True)[: FEW + 1])
        if len(few) <= FEW:
            return models.Q(pk__in=few)
        return models.Q(models.Exists(standing.filter(customer=models.OuterRef("pk"))))

    def without_level(self) -> models.Q:
        """Return the condition that a customer stands at no level."""
        standing = self.standings_in_force().filter(customer=models.OuterRef("pk"))
        return ~models.Q(models.Exists(standing))

    def standings_in_force(self) -> models.QuerySet[Any]:
        """Return the standings in force; a higher floor keeps them."""
        kept: Any = self.model._meta.get_field("standings").related_model
        found: models.QuerySet[Any] = kept.objects.filter(active_to__isnull=True)
        return found

    def pre_deregistered(self) -> Self:
        """Keep subscribers that the city told to be pre-deregistered."""
        # Written out: SQLite does not see that a parameter meets the condition of the index.
        template = f"(%(expressions)s = {CustomerStatus.PRE_DEREGISTERED.value})"
        status = models.Func("status", template=template, output_field=models.BooleanField())
        return self.filter(status)

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

    def with_card_levels(self) -> Self:
        """Fetch the card levels along; standings in other schemes are not shown in lists."""
        standings = self.model._meta.get_field("standings").related_model
        cards = standings._base_manager.filter(scheme__code=CARD_SCHEME)
        return self.prefetch_related(models.Prefetch("standings", cards), "standings__level")

    def at_card_level(self, rank: int | str) -> Self:
        """Keep customers at a card level in force."""
        return self.filter(
            standings__active_to__isnull=True,
            standings__scheme__code=CARD_SCHEME,
            standings__level__rank=rank,
        )

    def in_unit(self, unit: "Unit") -> Self:
        """Keep customers of a unit and of all units below it."""
        # Plain numbers, as a reach has them, and the cities that the customers have an index of.
        below = dict(type(unit).objects.below(unit).values_list("pk", "code"))
        return self.filter(of_cities(below.values(), "city_code"), unit__in=list(below))
