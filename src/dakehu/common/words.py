"""
Which words are told of a customer or a person, and which of them a search means (V1, promise 7).

A record is found by any word that its name begins with from any character on, in characters, in
pinyin or in initials; by its number, whole or from the beginning; by the last four digits of its
telephone number. Those stand in every masked number; a search by more of them would let the
masked ones be guessed. Every told word carries an end mark, so that the whole word can be asked
for as well as its beginning, in an index that knows beginnings only.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby
from operator import itemgetter

from dakehu.common.chinese import reading, readings

# Counts up when other words are told than before; everything is then told anew.
VERSION = 1
END = "$"
TAIL = "#"
MARK = "="
TAIL_LENGTH = 4
# Cut here, so that a name of two hundred characters does not tell thousands of letters.
LONGEST = 24
MOST_STARTS = 40
MOST_WORDS = 5
SHORTEST_PHONE = 7


def typed_words(typed: str) -> list[str]:
    """Return the words of what was typed as they are compared: runs of letters and digits."""
    return list(runs(typed))[:MOST_WORDS]


def runs(text: str) -> Iterator[str]:
    """Yield the runs of letters and digits of a text, in one width and in lower case."""
    plain = unicodedata.normalize("NFKC", text).lower()
    for is_word, letters in groupby(plain, str.isalnum):
        if is_word:
            yield "".join(letters)


def told_words(*, mark: str, number: str, name: str, tail: str) -> str:
    """
    Return the words told of a record, separated by blanks.

    ``tail`` are the last digits of the telephone number, ``mark`` is what kind of record it is;
    each may be empty.
    """
    told = [marked(mark)] if mark else []
    told += [ended(run) for run in runs(number)]
    tails = {tail, number[-TAIL_LENGTH:]}
    told += sorted(f"{TAIL}{each}{END}" for each in tails if is_tail(each))
    return " ".join([*told, name_words(name)]).strip()


@lru_cache(maxsize=200_000)
def name_words(name: str) -> str:
    """Return the words told of a name.

    Kept for names met before: the customers of a province share a few thousand of them.
    """
    told: dict[str, None] = {}
    for run in runs(name):
        spelled = readings(run)
        for start in starts(run):
            told[ended(run[start:])] = None
            told[ended("".join(spelled[start:]))] = None
            if initials := "".join(word[:1] for word in spelled[start:])[1:]:
                told[ended(spelled[start][:1] + initials)] = None
    return " ".join(told)


def starts(run: str) -> list[int]:
    """Return where a search may begin in a run: at each ideograph and each block of others."""
    found = [
        place
        for place, letter in enumerate(run)
        if place == 0 or is_ideograph(letter) or is_ideograph(run[place - 1])
    ]
    return found[:MOST_STARTS]


def is_ideograph(letter: str) -> bool:
    """Tell whether a letter has a reading of its own."""
    return not letter.isascii() and reading(letter) != letter


def is_tail(word: str) -> bool:
    """Tell whether a word may be the end of a telephone number that is shown masked."""
    return len(word) == TAIL_LENGTH and word.isascii() and word.isdigit()


def ended(word: str) -> str:
    """Return a told word with its end mark; a cut one has none."""
    return word[:LONGEST] if len(word) > LONGEST else f"{word}{END}"


@dataclass(frozen=True)
class Search:
    """
    What is searched for: every word has to be told of a record.

    With ``whole`` the words have to be told as a whole; ``marks`` are the kinds of record wanted.
    """

    words: tuple[str, ...]
    whole: bool = False
    marks: tuple[str, ...] = ()

    @classmethod
    def of(cls, typed: str, *, whole: bool = False, marks: tuple[str, ...] = ()) -> "Search":
        """Return the search for the words of what was typed."""
        return cls(tuple(typed_words(typed)), whole, marks)

    def __bool__(self) -> bool:
        return bool(self.words)

    @cached_property
    def alternatives(self) -> tuple[tuple["Wanted", ...], ...]:
        """What every word may mean: one of each has to be told."""
        words = tuple(meanings(word, whole=self.whole) for word in self.words)
        marks = tuple(Wanted(marked(mark), begins=False) for mark in self.marks)
        return (*words, marks) if marks else words

    @property
    def is_number(self) -> bool:
        """Whether a number is searched for: records that have it often lie together."""
        return any(letter.isdigit() for word in self.words for letter in word)

    @property
    def phones(self) -> tuple[str, ...]:
        """The words that may be a whole telephone number."""
        return tuple(each for each in self.words if each.isdigit() and len(each) >= SHORTEST_PHONE)

    def finds(self, told: str) -> bool:
        """Tell whether a record of which ``told`` is told is found: what a database answers."""
        words = told.split()
        return all(any(wanted.is_in(words) for wanted in either) for either in self.alternatives)


@dataclass(frozen=True)
class Wanted:
    """A told word that is wanted; ``begins`` if it is enough that one begins so."""

    word: str
    begins: bool

    def is_in(self, told: list[str]) -> bool:
        """Tell whether it is among told words."""
        if self.begins:
            return any(each.startswith(self.word) for each in told)
        return self.word in told


def marked(mark: str) -> str:
    """Return the told word that says which kind of record it is."""
    return f"{MARK}{mark.lower()}{END}"


def meanings(word: str, *, whole: bool) -> tuple[Wanted, ...]:
    """Return what a typed word may mean."""
    if whole:
        return (Wanted(ended(word), begins=False),)
    found = (Wanted(word[:LONGEST], begins=True),)
    return (*found, Wanted(f"{TAIL}{word}{END}", begins=False)) if is_tail(word) else found


def parts_found(text: str, words: Iterable[str]) -> tuple[tuple[str, bool], ...]:
    """Return a text cut into parts, each with whether one of the words was found there."""
    found = [False] * len(text)
    spelled = readings(text)
    for word in words:
        for start, end in places_of(word, text, spelled):
            found[start:end] = [True] * (end - start)
    cut = groupby(zip(text, found, strict=True), key=itemgetter(1))
    return tuple(("".join(letter for letter, _mark in some), mark) for mark, some in cut)


def places_of(word: str, text: str, spelled: list[str]) -> Iterator[tuple[int, int]]:
    """Yield from where to where a word is found: as it is, else as pinyin or initials."""
    plain = text.lower()
    start = plain.find(word)
    if start >= 0 and len(plain) == len(text):
        yield start, start + len(word)
        return
    for spelling in (spelled, [each[:1] for each in spelled]):
        for start in range(len(spelling)):
            if "".join(spelling[start:]).startswith(word):
                yield start, end_of(word, spelling, start)
                return


def end_of(word: str, spelling: list[str], start: int) -> int:
    """Return where the spelling of a word ends that begins at ``start``."""
    length, end = 0, start
    while length < len(word):
        length += len(spelling[end])
        end += 1
    return end


def plain_phone(typed: str) -> str:
    """Return a telephone number as the files carry it: no gaps, without the country's own code."""
    digits = "".join(typed.split()).removeprefix("+").removeprefix("00")
    return digits[2:] if len(digits) == MOBILE_DIGITS + 2 and digits.startswith("86") else digits


MOBILE_DIGITS = 11
