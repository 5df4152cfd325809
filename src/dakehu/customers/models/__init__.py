"""Customers: what the city files say of them, what people add, duplicates, ownership's past."""

from dakehu.customers.models.archive import (
    Address,
    Anniversary,
    Contact,
    CustomField,
    CustomValue,
    Gift,
    MarketNote,
    Opinion,
    PersonProfile,
)
from dakehu.customers.models.customers import (
    UNKNOWN_SINCE,
    Customer,
    CustomerMonth,
    GroupProfile,
    ServiceLog,
    Subscription,
)
from dakehu.customers.models.duplicates import DuplicatePair, Merger
from dakehu.customers.models.reference import Product, Sequence
from dakehu.customers.models.search import ContactWords, CustomerWords

__all__ = [
    "UNKNOWN_SINCE",
    "Address",
    "Anniversary",
    "Contact",
    "ContactWords",
    "CustomField",
    "CustomValue",
    "Customer",
    "CustomerMonth",
    "CustomerWords",
    "DuplicatePair",
    "Gift",
    "GroupProfile",
    "MarketNote",
    "Merger",
    "Opinion",
    "PersonProfile",
    "Product",
    "Sequence",
    "ServiceLog",
    "Subscription",
]
