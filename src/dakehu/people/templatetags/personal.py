"""Masked values of records, with the button that reveals them."""

from typing import Any

from django import template

from dakehu.audit.choices import Purpose
from dakehu.people.operations import REVEALABLES
from dakehu.people.pages.access import place_of

register = template.Library()


@register.inclusion_tag("people/_masked.html", takes_context=True)
def masked(context: dict[str, Any], holder: Any, value: str) -> dict[str, Any]:
    """
    Show a personal value masked; who may reveal can ask for it in plain, with a purpose.

    ``value`` names the field of the record that holds it.
    """
    shown = getattr(holder, value)
    revealable = REVEALABLES[holder._meta.label_lower]
    return {
        "kind": revealable.kind,
        "holder": holder,
        "value": value,
        "shown": shown,
        "place": place_of(holder, value),
        "purposes": [(code, Purpose(code).label) for code in revealable.purposes],
        "may_reveal": bool(shown) and revealable.may(context["request"].user, holder),
        "csrf_token": context.get("csrf_token"),
    }
