"""The fields that the operator added, and what customers have in them (V2, F10)."""

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from dakehu.customers.choices import CustomerKind, FieldType
from dakehu.customers.models import Customer, CustomField, CustomValue
from dakehu.customers.querysets import CustomerQuerySet
from dakehu.customers.values import CustomContent, CustomLine


def custom_fields(kind: CustomerKind | str = "") -> QuerySet[CustomField]:
    """Return the fields in use of a kind of customer, or of all, in their order."""
    found = CustomField.objects.filter(removed_at__isnull=True)
    if kind:
        found = found.filter(kind=kind)
    return found.order_by("kind", "position", "pk")


def removed_fields() -> QuerySet[CustomField]:
    """Return the fields that were taken out of use; their values are kept."""
    return CustomField.objects.filter(removed_at__isnull=False).order_by("-removed_at")


def get_field(pk: int) -> CustomField:
    """
    Return a field in use.

    :raises Http404: if there is none of that number.
    """
    found = custom_fields().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def get_removed_field(pk: int) -> CustomField:
    """
    Return a field that was taken out of use.

    :raises Http404: if there is none of that number.
    """
    found = removed_fields().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def content_of(field: CustomField, value: CustomValue | None) -> CustomContent:
    """Return what a value holds in the column of its field's type; None if nothing."""
    if value is None:
        return None
    if field.type == FieldType.NUMBER:
        return None if value.number is None else value.number.normalize()
    if field.type == FieldType.DATE:
        return value.day
    if field.type == FieldType.YES_NO:
        return value.yes
    return value.text or None


def custom_contents(customer: Customer) -> dict[int, CustomContent]:
    """Return what a customer has in its custom fields, by the field's number."""
    values = CustomValue.objects.filter(customer=customer).select_related("field")
    return {value.field_id: content_of(value.field, value) for value in values}


def custom_lines(customer: Customer, *, language: str) -> list[CustomLine]:
    """Return the custom fields of a customer's kind with what it has in them, in order."""
    contents = custom_contents(customer)
    return [
        CustomLine(label_in(field, language), contents.get(field.pk), field.help_text)
        for field in custom_fields(customer.kind)
    ]


def label_in(field: CustomField, language: str) -> str:
    """Return a field's label in a language."""
    return field.label if language.startswith("zh") else field.label_en or field.label


def with_custom_values(rows: CustomerQuerySet, kind: str) -> CustomerQuerySet:
    """Fetch the custom values along with customers of a kind, in one query for a page of them."""
    values = CustomValue.objects.filter(field__kind=kind)
    return rows.prefetch_related(Prefetch("custom_values", queryset=values))
