"""Reply templates: words with named places that are filled while answering."""

import re
from collections.abc import Mapping

PLACE = re.compile(r"\{([^{}]*)\}")
PLACES = ("customer", "caller", "number", "subject", "team", "due", "link")
"""What a template can name; what each stands for is told by the page that keeps them."""


def wrong_places(text: str) -> list[str]:
    """Return what a text names that no template can, in order; braces that open nothing too."""
    unknown = [f"{{{name}}}" for name in PLACE.findall(text) if name not in PLACES]
    stray = sorted(set(re.findall(r"[{}]", PLACE.sub("", text))))
    return list(dict.fromkeys(unknown)) + stray


def lacking(text: str, values: Mapping[str, str]) -> list[str]:
    """Return the names in a text for which nothing is known, in order."""
    return [name for name in dict.fromkeys(PLACE.findall(text)) if not values.get(name)]


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return a text with what is known in its places; the others stay as they are."""
    return PLACE.sub(lambda found: values.get(found[1]) or found[0], text)
