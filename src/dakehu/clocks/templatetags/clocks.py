"""How clocks and lengths of working time are drawn, also by the templates of upper apps."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from dakehu.clocks.values import Chip, Standard

register = template.Library()
MINUTE, HOUR = 60, 3_600


@register.filter("length")
def length(seconds: int | None) -> str:
    """Write a length of time in hours and minutes; a begun minute counts."""
    minutes = -(-(seconds or 0) // MINUTE)
    named = {"hours": minutes // MINUTE, "minutes": minutes % MINUTE}
    if not named["hours"]:
        return _("%(minutes)s min") % named
    if not named["minutes"]:
        return _("%(hours)s h") % named
    return _("%(hours)s h %(minutes)s min") % named


@register.filter("standard")
def standard(promised: Standard) -> str:
    """Write a promised time in words."""
    from dakehu.clocks.choices import TimeUnit

    unit = TimeUnit(promised.unit)
    return str(unit.label) if unit == TimeUnit.SAME_DAY else f"{promised.amount} {unit.label}"


@register.inclusion_tag("clocks/components/chip.html")
def clock_chip(chip: Chip) -> dict[str, Any]:
    """Draw a clock: what is promised, how much is left in colour and words, when it is due."""
    return {"chip": chip}
