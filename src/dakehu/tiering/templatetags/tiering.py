"""Names of schemes, levels and measures in the language of the page."""

from typing import Any

from django import template

from dakehu.tiering.queries.wording import name_of, purpose_of

register = template.Library()


@register.filter("named")
def named(record: Any) -> str:
    """Return what a scheme, level or measure is called."""
    return name_of(record)


@register.filter("purpose")
def purpose(record: Any) -> str:
    """Return what a scheme or level is for."""
    return purpose_of(record)
