"""What a return visit has to say, and whether the superior hears of it (OP14)."""

from dakehu.opportunities.choices import LOW_POINTS, Remedy
from dakehu.opportunities.values import Visited


def trouble_in_visit(told: Visited) -> tuple[str, str]:
    """Return the input that is wrong and why, as a word; nothing if all is well."""
    if not told.is_reached:
        said = told.satisfaction is not None or told.left_open.strip() or told.next_need.strip()
        return ("is_unreached", "unreached") if said else ("", "")
    if told.satisfaction is None:
        return "satisfaction", "points"
    if is_discontent(told.satisfaction) and not told.opinion.strip():
        return "opinion", "why"
    if told.remedy == Remedy.SUPPORT and not told.left_open.strip():
        return "left_open", "what"
    if told.remedy == Remedy.SUPPORT and told.wanted_on is None:
        return "wanted_on", "until"
    return "", ""


def is_discontent(satisfaction: int | None) -> bool:
    """Tell whether a customer is so little content that the superior hears of it."""
    return satisfaction is not None and satisfaction <= LOW_POINTS
