"""The page on which the operator adds fields to customers' files (F10)."""

from dataclasses import dataclass
from typing import Any

from dakehu.customers import queries
from dakehu.customers.choices import CustomerKind


@dataclass(frozen=True)
class KindOfFields:
    """The fields of one kind of customer, in their order."""

    code: str
    title: str
    fields: tuple[Any, ...]


@dataclass(frozen=True)
class FieldsPage:
    """The fields in use by kind, and those out of use."""

    kinds: tuple[KindOfFields, ...]
    removed: tuple[Any, ...]


def fields_page() -> FieldsPage:
    """Gather the custom fields."""
    found = list(queries.custom_fields())
    kinds = tuple(
        KindOfFields(
            kind.value, str(kind.label), tuple(each for each in found if each.kind == kind)
        )
        for kind in (CustomerKind.GROUP, CustomerKind.INDIVIDUAL, CustomerKind.PROSPECT)
    )
    return FieldsPage(kinds, tuple(queries.removed_fields()))
