"""By which words an article is found: characters, pinyin, initials of what it is about."""

from dakehu.common.words import LONGEST, told_words, typed_words


def search_text(number: str, *about: str) -> str:
    """Return the words told of an article, each after a blank; what it says is searched itself."""
    told = told_words(mark="", number=number, name=" ".join(about), tail="")
    return f" {told}"


def sought(typed: str) -> list[tuple[str, str]]:
    """
    Return what to look for, word by word: in the words told of articles, and in their text.

    Every word has to be found in the one or the other.
    """
    return [(f" {word[:LONGEST]}", word) for word in typed_words(typed)]
