"""
What becomes of everything that hangs on a customer when it is merged into another (V4).

Every table that names a customer has a rule here, or an upper app registers one when it starts;
a test walks through all models and fails if a relation has none.
"""

import dataclasses
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from django.apps import apps
from django.db import models

CUSTOMER = "customers.customer"


@dataclasses.dataclass(frozen=True)
class Relation:
    """
    Rows that name a customer: the model's label, the field, and what becomes of them.

    Rows that ``follow`` belong to the kept customer afterwards; of what exists only once there,
    the kept customer's own row stands and the other stays where it is. All others stay with the
    merged customer, whose file can still be read. ``where`` narrows tables that name records of
    any model; ``same_kind`` rows mean something only to customers of one kind.
    """

    label: str
    field: str
    why: str
    follows: bool = True
    same_kind: bool = False
    where: Mapping[str, Any] = dataclasses.field(default_factory=lambda: MappingProxyType({}))

    @property
    def key(self) -> str:
        """What the relation is called in the record of a merger."""
        return f"{self.label}.{self.field}"

    @property
    def model(self) -> type[models.Model]:
        """The model of the rows."""
        return apps.get_model(self.label)

    def rows_of(self, customer_id: int) -> models.QuerySet[Any]:
        """Return the rows that name a customer."""
        rows: models.QuerySet[Any] = self.model._base_manager.filter(**self.where)
        return rows.filter(**{self.field: customer_id})

    def target(self, customer: models.Model) -> dict[str, Any]:
        """Return what makes a row belong to a customer."""
        is_relation = self.model._meta.get_field(self.field).is_relation
        return {self.field: customer if is_relation else customer.pk}


_relations: dict[str, Relation] = {}


def register(relation: Relation) -> None:
    """Add a relation; a second registration of the same replaces the first."""
    _relations[relation.key] = relation


def relations() -> tuple[Relation, ...]:
    """Return all relations, in the order of registration."""
    return tuple(_relations.values())


def following(*, same_kind: bool) -> Iterator[Relation]:
    """Yield the relations whose rows follow, between customers of the same kind or not."""
    for relation in relations():
        if relation.follows and (same_kind or not relation.same_kind):
            yield relation


def clashing(relation: Relation, rows: models.QuerySet[Any], other_id: int) -> set[Any]:
    """Return those of the rows that another customer has its own of, by the constraints."""
    clashes: set[Any] = set()
    for constraint in relation.model._meta.constraints:
        if not isinstance(constraint, models.UniqueConstraint):
            continue
        if relation.field not in constraint.fields:
            continue
        shared = [name for name in constraint.fields if name != relation.field]
        own = relation.rows_of(other_id)
        mine = rows
        if constraint.condition is not None:
            own, mine = own.filter(constraint.condition), mine.filter(constraint.condition)
        same = own.filter(**{name: models.OuterRef(name) for name in shared})
        clashes.update(mine.filter(models.Exists(same)).values_list("pk", flat=True))
    return clashes


def stays(label: str, name: str, why: str) -> Relation:
    """Return a relation whose rows stay with the merged customer."""
    return Relation(label, name, why, follows=False)


OWN = (
    Relation("customers.Customer", "group", "members belong to the group that is left"),
    Relation("customers.Customer", "merged_into", "what was merged before leads on to it"),
    Relation("customers.Contact", "customer", "the people are its people"),
    Relation("customers.Contact", "member", "the person is the same"),
    Relation("customers.Address", "customer", "it can be found there, too"),
    Relation("customers.Anniversary", "customer", "the day is its day"),
    Relation("customers.Gift", "customer", "it was given to it"),
    Relation("customers.MarketNote", "customer", "it was learned of it"),
    Relation("customers.Opinion", "customer", "it was said by it"),
    Relation("customers.CustomerMonth", "customer", "it brought that money"),
    Relation("customers.Subscription", "customer", "it holds the product"),
    Relation("customers.ServiceLog", "customer", "it was done for it"),
    Relation("customers.CustomValue", "customer", "own fields are of one kind", same_kind=True),
    Relation(
        "files.Attachment",
        "subject_id",
        "it was filed about it",
        where=MappingProxyType({"subject_type": CUSTOMER}),
    ),
    stays("customers.GroupProfile", "customer", "its values are chosen field by field"),
    stays("customers.PersonProfile", "customer", "its values are chosen field by field"),
    stays("customers.CustomerWords", "record", "the words are told of the record itself"),
    stays("customers.DuplicatePair", "first", "what was decided was decided of this record"),
    stays("customers.DuplicatePair", "second", "what was decided was decided of this record"),
    stays("customers.Merger", "kept", "the story of earlier mergers"),
    stays("customers.Merger", "gone", "the story of earlier mergers"),
    Relation(
        "files.ImportRow",
        "subject_id",
        "what an import did, it did to this record",
        follows=False,
        where=MappingProxyType({"subject_type": CUSTOMER}),
    ),
    Relation(
        "people.Share",
        "subject_id",
        "what was shared was this record and no more",
        follows=False,
        where=MappingProxyType({"subject": "CUSTOMER"}),
    ),
)
for _relation in OWN:
    register(_relation)
