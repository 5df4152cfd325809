"""Masked values of customers' files, with the button that reveals them."""

from typing import Any

from django import template

from dakehu.common.masking import Masked
from dakehu.customers.choices import PersonalValue, Purpose

register = template.Library()


@register.inclusion_tag("customers/_masked.html", takes_context=True)
def masked(
    context: dict[str, Any],
    customer: Any,
    shown: Any,
    value: str,
    kind: str = "",
    number: Any = "",
) -> dict[str, Any]:
    """
    Show a personal value masked; who may reveal can ask for it in plain, with a purpose.

    ``kind`` and ``number`` name the detail that holds the value; without them it is the
    customer's own.
    """
    request = context["request"]
    return {
        "customer": customer,
        "shown": shown,
        "value": PersonalValue(value).value,
        "kind": kind,
        "number": number,
        "place": "-".join(str(part) for part in (value, kind, number) if part),
        "purposes": Purpose.choices,
        "may_reveal": isinstance(shown, Masked) and request.user.may("customers.reveal"),
        "csrf_token": context.get("csrf_token"),
    }
