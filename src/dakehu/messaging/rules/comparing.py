"""What differs between two texts, line by line."""

from difflib import SequenceMatcher

from dakehu.messaging.values import Fate, TextLine


def compared(old: str, new: str) -> list[TextLine]:
    """Return the lines of both texts in order: those kept, those gone, those new."""
    before, after = lines_of(old), lines_of(new)
    found: list[TextLine] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind == "equal":
            found += [TextLine(text, Fate.KEPT) for text in after[first:last]]
            continue
        found += [TextLine(text, Fate.GONE) for text in before[start:end]]
        found += [TextLine(text, Fate.NEW) for text in after[first:last]]
    return found


def lines_of(text: str) -> list[str]:
    """Return the lines of a text that say something."""
    return [line.rstrip() for line in text.splitlines() if line.strip()]
