"""The fields that the operator added, as columns of an import (V2, F10)."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import get_language

from dakehu.common.spreadsheets import CellKind
from dakehu.customers.choices import CustomerKind, FieldType
from dakehu.customers.models import Customer, CustomField
from dakehu.customers.queries import content_of, custom_fields, label_in
from dakehu.customers.values import CustomContent
from dakehu.ui.imports import ImportField

PREFIX = "custom_"
LONGEST_TEXT = 500
KINDS = {
    FieldType.TEXT: CellKind.TEXT,
    FieldType.NUMBER: CellKind.DECIMAL,
    FieldType.DATE: CellKind.DATE,
    FieldType.CHOICE: CellKind.CHOICE,
    FieldType.YES_NO: CellKind.YES_NO,
}


def custom_columns(kind: CustomerKind) -> Callable[[], tuple[ImportField, ...]]:
    """Return what gives the columns that the operator added to a kind of customer."""
    return lambda: tuple(column_of(field) for field in custom_fields(kind))


def column_of(field: CustomField) -> ImportField:
    """Return a custom field as a column of an import."""
    is_choice = field.type == FieldType.CHOICE
    return ImportField(
        PREFIX + field.key,
        in_language(field),
        KINDS[FieldType(field.type)],
        required=field.is_required,
        choices=tuple((str(each), str(each)) for each in field.options) if is_choice else (),
        longest=LONGEST_TEXT,
        help_text=field.help_text,
    )


def in_language(field: CustomField) -> Any:
    """Return a field's label, in the language in which it is read."""
    return lazy(lambda: label_in(field, get_language() or ""), str)()


def contents_held(customer: Customer, fields: Iterable[CustomField]) -> dict[str, CustomContent]:
    """Return what a customer has in custom fields, by column; its values were fetched with it."""
    held = {value.field_id: value for value in customer.custom_values.all()}
    return {PREFIX + field.key: content_of(field, held.get(field.pk)) for field in fields}


def contents_set(values: Mapping[str, Any]) -> dict[str, CustomContent]:
    """Return the custom contents among imported values, by the field's key."""
    return {
        name.removeprefix(PREFIX): value.normalize() if isinstance(value, Decimal) else value
        for name, value in values.items()
        if name.startswith(PREFIX)
    }
