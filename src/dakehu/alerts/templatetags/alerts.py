"""How shares and multiples of a back-test are written."""

from django import template

register = template.Library()


@register.filter("permille")
def permille(share: int | None) -> str:
    """Write a share of per mille in per cent; a dash for none."""
    return "–" if share is None else f"{share / 10:.1f} %"


@register.filter("hundredths")
def hundredths(value: int | None) -> str:
    """Write hundredths as a multiple; a dash for none."""
    return "–" if value is None else f"{value / 100:.2f} ×"
