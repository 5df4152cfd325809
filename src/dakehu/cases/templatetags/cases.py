"""Words of the service desk for templates."""

from django import template

from dakehu.common.masking import PersonalKind, mask

register = template.Library()


@register.filter("phone_masked")
def phone_masked(typed: str) -> str:
    """Return a typed telephone number as everybody sees it."""
    return mask(PersonalKind.PHONE, typed)
