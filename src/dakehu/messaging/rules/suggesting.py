"""Which articles a typed text is likely about: by keywords that stand in it, then by likeness."""

KEYWORD_POINTS = 5
TITLE_POINTS = 1
LEAST_POINTS = 2


def points_of(text: str, *, title: str, topic: str, keywords: str) -> int:
    """
    Return how much speaks for an article: words told of it that stand in the text.

    Every keyword, and the topic, that stands in the text weighs as much as five neighbouring
    characters that text and title share. Below two points nothing is suggested.
    """
    low = text.lower()
    told = {word for word in (*keywords.lower().split(), topic.lower()) if len(word) > 1}
    found = sum(KEYWORD_POINTS for word in told if word in low)
    shared = len(pairs_of(low) & pairs_of(title.lower())) * TITLE_POINTS
    points = found + shared
    return points if points >= LEAST_POINTS else 0


def pairs_of(text: str) -> set[str]:
    """Return the pairs of neighbouring letters and digits of a text."""
    kept = "".join(letter for letter in text if letter.isalnum())
    return {kept[place : place + 2] for place in range(len(kept) - 1)}
