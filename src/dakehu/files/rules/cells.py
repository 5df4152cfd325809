"""
What the cells of a spreadsheet mean (promise 5).

A cell is turned into text first, and into the value of its column second; what a spreadsheet has
spoilt on the way (the digits of a long number, a date shown as a serial number) is refused rather
than guessed at.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from dakehu.common.spreadsheets import Cell
from dakehu.files.values import CellTrouble, UnreadableCell

# A spreadsheet keeps fifteen digits of a number.
LARGEST_EXACT = 10**15
LARGEST_INTEGER = 2**63 - 1
MOST_DIGITS = 18
SHORTENED = re.compile(r"[+-]?\d(?:\.\d+)?[eE]\+\d+")
DATES = (
    re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?"),
    re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})(?: 0?0:00(?::00)?)?"),
    re.compile(r"(\d{4})\.(\d{1,2})\.(\d{1,2})"),
    re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日"),
    re.compile(r"(\d{4})(\d{2})(\d{2})"),
)
YES = frozenset({"是", "有", "√", "✓", "yes", "y", "true", "1", "对"})
NO = frozenset({"否", "无", "×", "no", "n", "false", "0", "错"})
# Written into a cell, these empty the field; an empty cell leaves it as it is.
CLEARING = frozenset({"(清空)", "（清空）", "(clear)", "（clear）"})
CURRENCY = "¥￥元 "
STAR = "*"


def text_of(cell: Cell) -> str:
    """
    Return what a cell says, as a person would write it.

    :raises UnreadableCell: if the spreadsheet has lost digits of a number.
    """
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, int | float):
        return number_text(float(cell))
    if isinstance(cell, datetime):
        at_midnight = cell.time() == time()
        return cell.strftime("%Y-%m-%d") if at_midnight else cell.strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, date | time | timedelta):
        return str(cell)
    return tidy(cell)


def number_text(number: float) -> str:
    """
    Return a number without the decimal point that a spreadsheet gives to whole ones.

    :raises UnreadableCell: if it has more digits than a spreadsheet keeps.
    """
    if abs(number) >= LARGEST_EXACT:
        raise UnreadableCell(CellTrouble.PRECISION_LOST)
    return str(int(number)) if number.is_integer() else repr(number)


def rough_text_of(cell: Cell) -> str:
    """Return what a cell says for the person who corrects it, spoilt or not."""
    try:
        return text_of(cell)
    except UnreadableCell:
        return format(Decimal(float(cell)), "f") if isinstance(cell, float | int) else str(cell)


def tidy(text: str) -> str:
    """Return text without blanks at its ends, and without characters that nobody sees."""
    kept = "".join(
        each for each in text if each in "\n\t" or unicodedata.category(each) not in ("Cc", "Cf")
    )
    return kept.strip()


def plain_text(text: str, *, longest: int) -> str:
    """
    Return the text of a column of words and numbers that identify something.

    :raises UnreadableCell: if it is too long, or a number in the short form of a spreadsheet.
    """
    if SHORTENED.fullmatch(text):
        raise UnreadableCell(CellTrouble.SHORTENED_NUMBER)
    if len(text) > longest:
        raise UnreadableCell(CellTrouble.TOO_LONG)
    return text


def integer(text: str, *, least: int | None = None) -> int:
    """
    Return a whole number.

    :raises UnreadableCell: if it is none, or out of bounds.
    """
    number = text.replace(",", "").removesuffix(".0")
    if not re.fullmatch(r"[+-]?\d+", number, re.ASCII):
        raise UnreadableCell(CellTrouble.NO_INTEGER)
    if len(number) > MOST_DIGITS or abs(int(number)) > LARGEST_INTEGER:
        raise UnreadableCell(CellTrouble.TOO_LARGE)
    if least is not None and int(number) < least:
        raise UnreadableCell(CellTrouble.TOO_SMALL)
    return int(number)


def decimal(text: str) -> Decimal:
    """
    Return a number with decimals; thousands may be grouped, and yuan be marked.

    :raises UnreadableCell: if it is none, or longer than what is kept.
    """
    try:
        number = Decimal(text.strip(CURRENCY).replace(",", ""))
    except InvalidOperation as error:
        raise UnreadableCell(CellTrouble.NO_DECIMAL) from error
    if not number.is_finite():
        raise UnreadableCell(CellTrouble.NO_DECIMAL)
    if abs(number) >= Decimal(10) ** (MOST_DIGITS - 4):
        raise UnreadableCell(CellTrouble.TOO_LARGE)
    return number


def day(text: str) -> date:
    """
    Return a date written as 2026-03-01, 2026/3/1, 2026.3.1, 2026年3月1日 or 20260301.

    :raises UnreadableCell: if it is none of these, or no day of the calendar.
    """
    for pattern in DATES:
        if found := pattern.fullmatch(text):
            try:
                return date(*map(int, found.groups()))
            except ValueError:
                break
    raise UnreadableCell(CellTrouble.NO_DATE)


def yes_no(text: str) -> bool:
    """
    Return a yes or a no, in any of the ways people write them.

    :raises UnreadableCell: if it is neither.
    """
    said = text.lower()
    if said in YES or said in NO:
        return said in YES
    raise UnreadableCell(CellTrouble.NO_YES_NO)


def choice(text: str, choices: Mapping[str, object]) -> object:
    """
    Return what a text chooses; ``choices`` are by their words in lower case.

    :raises UnreadableCell: if it is none of them.
    """
    try:
        return choices[text.lower()]
    except KeyError as error:
        raise UnreadableCell(CellTrouble.NO_CHOICE) from error


def is_clearing(text: str) -> bool:
    """Tell whether a cell asks for its field to be emptied."""
    return text.lower() in CLEARING


def is_starred(text: str) -> bool:
    """Tell whether a text looks like a personal value in its masked form."""
    return STAR in text


def place_words(columns: Collection[int], letters: tuple[str, ...]) -> str:
    """Return columns by their letters: "B, D"."""
    return ", ".join(letters[index] for index in sorted(columns) if index < len(letters))
