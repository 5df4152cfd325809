"""Everything that was changed about a customer: its own record and all that belongs to it (P8)."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from dakehu.audit.queries import changes_of_all
from dakehu.customers.choices import DetailKind
from dakehu.customers.models import Customer, CustomField, GroupProfile, PersonProfile
from dakehu.customers.queries.archive import DETAILS, detail_labels_of
from dakehu.customers.values import Trail

CHANGES_SHOWN = 20
OWN_LABELS = tuple(model._meta.label_lower for model in (Customer, GroupProfile, PersonProfile))


def subjects_of(customer: Customer) -> dict[str, Collection[int]]:
    """Return the records whose changes are a customer's history, by model label."""
    own: dict[str, Collection[int]] = {label: {customer.pk} for label in OWN_LABELS}
    return {**own, **detail_labels_of(customer)}


def history_until(customer: Customer, *, until: datetime | None) -> QuerySet[Any]:
    """Return the changes of a customer's file up to an instant, the newest first (P8)."""
    found: QuerySet[Any] = changes_of_all(subjects_of(customer))
    return found if until is None else found.filter(at__lte=until)


def history_of(customer: Customer) -> list[Any]:
    """Return the newest changes of a customer's file (P8)."""
    return list(history_until(customer, until=None)[:CHANGES_SHOWN])


def trail_of(customer: Customer) -> Trail:
    """Return what it takes to put the changes of a customer's file into words."""
    fields = CustomField.objects.filter(kind=customer.kind)
    return Trail(
        kinds={model._meta.label_lower: kind.value for kind, model in DETAILS.items()},
        models={model._meta.label_lower: model for model in changed_models()},
        custom={field.key: field.label for field in fields},
    )


def changed_models() -> list[Any]:
    """Return the models whose changes are a customer's history."""
    return [Customer, GroupProfile, PersonProfile, *(DETAILS[kind] for kind in DetailKind)]
