"""Columns that several imports of customers share, and what their texts may mean."""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dakehu.common.masking import PersonalKind
from dakehu.common.spreadsheets import CellKind
from dakehu.customers.errors import UnableToEditCustomer, UnableToRemove
from dakehu.customers.queries import customers_visible_to
from dakehu.ui.imports import Draft, ImportField, refusing

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from dakehu.customers.models import Customer
    from dakehu.people.models import Staff

OLDEST = date(1880, 1, 1)
FEN_PER_YUAN = 100
PHONE = re.compile(r"\+?[0-9][0-9 ()-]{2,18}")
MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
PERMISSION = "customers.import"
YES, NO, NOBODY = _("Yes"), _("No"), _("Nobody")
DELIVERED = _(
    "comes from the city's files and would be overwritten at night. Let the city correct it, and "
    "leave this cell as it was"
)
OWNED = _("is changed under Ownership, with a reason and a receipt. Leave this cell as it was")


def phone_check(text: str) -> str | None:
    """Say what is wrong with a telephone number."""
    return None if PHONE.fullmatch(text) else gettext("This is no telephone number.")


def mail_check(text: str) -> str | None:
    """Say what is wrong with an e-mail address."""
    return None if MAIL.fullmatch(text) else gettext("This is no e-mail address.")


def yuan_check(value: Decimal) -> str | None:
    """Say what is wrong with an amount of yuan."""
    if value < 0:
        return gettext("An amount is not negative.")
    is_whole = (value * FEN_PER_YUAN) % 1 == 0
    return None if is_whole else gettext("An amount has at most two decimals.")


def fen(value: Decimal | None) -> int | None:
    """Return an amount of yuan in fen."""
    return None if value is None else int(value * FEN_PER_YUAN)


def yuan(value: int | None) -> Decimal | None:
    """Return an amount of fen in yuan."""
    return None if value is None else Decimal(value) / FEN_PER_YUAN


def phone_field(**options: Any) -> ImportField:
    """Return the column of a telephone number."""
    return ImportField(
        "phone",
        _("Phone"),
        personal=PersonalKind.PHONE,
        longest=20,
        check=phone_check,
        example="13800001234",
        **options,
    )


def mail_field() -> ImportField:
    """Return the column of an e-mail address."""
    return ImportField(
        "email", _("E-mail"), personal=PersonalKind.MAIL, longest=120, check=mail_check
    )


def locked_field(
    name: str, title: str | Promise, reason: str | Promise = DELIVERED
) -> ImportField:
    """Return a column of an export that is compared and never written."""
    return ImportField(name, title, locked=reason)


def customer_field(help_text: str | Promise, **options: Any) -> ImportField:
    """Return the column that tells to which customer a row belongs."""
    return ImportField(
        "customer",
        _("Customer number"),
        CellKind.REFERENCE,
        key=True,
        required=True,
        lookup=customers_meant,
        help_text=help_text,
        **options,
    )


def customers_meant(actor: "Staff", texts: Collection[str]) -> Mapping[str, Sequence[int]]:
    """Return the customers within reach that texts may mean: by number, else by telephone."""
    wanted = list(texts)
    found = customers_visible_to(actor).filter(Q(number__in=wanted) | Q(phone__in=wanted))
    numbers: dict[str, list[int]] = defaultdict(list)
    phones: dict[str, list[int]] = defaultdict(list)
    for customer in found.select_related(None).only("pk", "number", "phone"):
        numbers[customer.number].append(customer.pk)
        phones[customer.phone.plain].append(customer.pk)
    return {text: numbers.get(text) or phones.get(text, []) for text in texts}


def record_url(pk: int) -> str:
    """Return where a customer is shown."""
    return reverse("desk:customer", args=[pk])


def in_words(value: Any) -> str | Promise:
    """Return how an export shows a value of a column that is only compared."""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if value is None:
        return ""
    return value if isinstance(value, Promise) else str(value)


def shared_words(customer: "Customer", *, name: str = "name") -> dict[str, Any]:
    """Return what the lists show of every customer; its name in the column ``name``."""
    return {
        name: str(customer),
        "manager": customer.manager.name if customer.manager else NOBODY,
        "unit": customer.unit.name,
    }


def assign(record: models.Model, values: Mapping[str, Any]) -> None:
    """Set imported values on a record: empty text, or the beginning value, instead of nothing."""
    for name, value in values.items():
        field: Any = record._meta.get_field(name)
        if value is None and not field.null:
            value = field.get_default() if field.has_default() else ""
        setattr(record, field.attname, value)


def refuse_future(drafts: Sequence[Draft], name: str, at: datetime) -> None:
    """Refuse birthdays in the future or before living memory."""
    for draft in drafts:
        day = draft.values.get(name)
        if isinstance(day, date) and not OLDEST <= day <= at.date():
            draft.refuse(name, gettext("This day lies in the future or too far back."))


def refusals() -> "AbstractContextManager[None]":
    """Turn what the operations of customers refuse into the refusal of a row."""
    return refusing(UnableToEditCustomer, UnableToRemove)
