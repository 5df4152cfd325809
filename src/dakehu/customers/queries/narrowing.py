"""
Narrowing a list of a million customers by what few or many of them have.

A database that is asked for the first customers in an order, and for one value, either reads in
the order until it has enough, or finds what has the value and sorts it. The first takes seconds
where nobody has the value, the second where half of them have it, and SQLite cannot tell. So it
is asked first how many there are, up to a bound.
"""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce

from dakehu.customers.models import Customer, CustomField, CustomValue
from dakehu.customers.querysets import FEW, MANY


def having_brand(rows: QuerySet[Any], brand: str) -> QuerySet[Any]:
    """Keep the customers of a brand."""
    found = Customer.objects.filter(brand=brand).order_by()
    keys = list(found.values_list("pk", flat=True)[: FEW + 1])
    if len(keys) <= FEW:
        return rows.filter(pk__in=keys)
    # Of the bare column, SQLite would look for all of the brand and sort them.
    asked: QuerySet[Any] = rows.alias(own_brand=Coalesce("brand", Value("")))
    return asked.filter(own_brand=brand)


def having_custom(rows: QuerySet[Any], field: CustomField, **conditions: Any) -> QuerySet[Any]:
    """Keep the customers whose value in a field of the operator meets conditions."""
    values = CustomValue.objects.filter(field=field, **conditions).order_by()
    keys = list(values.values_list("customer", flat=True)[: FEW + 1])
    if len(keys) <= FEW:
        return rows.filter(pk__in=keys)
    if values.values("pk")[: MANY + 1].count() > MANY:
        return rows.filter(Exists(values.filter(customer=OuterRef("pk"))))
    told = {f"custom_values__{name}": value for name, value in conditions.items()}
    return rows.filter(custom_values__field=field, **told)
