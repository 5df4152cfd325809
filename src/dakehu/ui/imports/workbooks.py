"""Workbooks that an import hands out: the template, and rejected rows with what is wrong.

Every cell is text, so that no digit of a long number is lost when somebody fills them in.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO, Any

from django.utils.translation import gettext as _

from dakehu.common.spreadsheets import CellKind, column_letters
from dakehu.ui.imports.screens import ImportField, ImportScreen
from dakehu.ui.lists.exports import SHEET_NAME_FORBIDDEN, SHEET_NAME_LENGTH

ROWS_WITH_CHOICES = 5000
WIDEST = 40
NARROWEST = 12
HEADING = {"bold": True, "bg_color": "#eef2f7", "bottom": 1, "num_format": "@"}
NEEDED_HEADING = {**HEADING, "font_color": "#b3261e"}
EXAMPLE = {"italic": True, "font_color": "#7a8594", "num_format": "@"}
WRONG = {"font_color": "#b3261e", "text_wrap": True, "num_format": "@"}
NEEDED = "*"


@dataclass(frozen=True)
class RejectedLine:
    """A rejected row: its texts column by column, where it stood, and what is wrong."""

    texts: Sequence[str]
    place: str
    wrong: str


def template_of(screen: ImportScreen) -> IO[bytes]:
    """
    Return the workbook that people fill in: headings, choices, an example, and a sheet of help.

    The example row is passed over when the file comes back with it.
    """
    file, book = new_book()
    fields = [each for each in screen.all_fields() if not each.locked]
    sheet = book.add_worksheet(sheet_name(str(screen.title)))
    text = book.add_format({"num_format": "@"})
    for index, each in enumerate(fields):
        title = heading_of(each)
        heading = NEEDED_HEADING if each.required else HEADING
        sheet.set_column(index, index, width_of(title, str(each.example)), text)
        sheet.write_string(0, index, title, book.add_format(heading))
        sheet.write_string(1, index, str(each.example), book.add_format(EXAMPLE))
    sheet.freeze_panes(1, 0)
    write_help(book, screen, fields)
    write_choices(book, sheet, fields)
    return closed(file, book)


def rejected_book(
    screen: ImportScreen, headings: Sequence[str], lines: Iterable[RejectedLine]
) -> tuple[IO[bytes], int]:
    """Return the workbook of rejected rows, and how many there are; it can be imported again."""
    file, book = new_book()
    sheet = book.add_worksheet(sheet_name(str(screen.title)))
    text, wrong = book.add_format({"num_format": "@"}), book.add_format(WRONG)
    head = book.add_format(HEADING)
    titles = [*headings, *reason_headings()]
    for index, title in enumerate(titles):
        is_reason = index == len(titles) - 1
        sheet.set_column(index, index, 2 * WIDEST if is_reason else width_of(title), text)
        sheet.write_string(0, index, title, head)
    sheet.freeze_panes(1, 0)
    count = 0
    for count, line in enumerate(lines, start=1):
        for index, value in enumerate(line.texts):
            if value:
                sheet.write_string(count, index, value, text)
        sheet.write_string(count, len(headings), line.place, text)
        sheet.write_string(count, len(headings) + 1, line.wrong, wrong)
    return closed(file, book), count


def reason_headings() -> tuple[str, str]:
    """Return the headings of what is added to rejected rows."""
    return _("Place in the file"), _("What is wrong")


def new_book() -> tuple[IO[bytes], Any]:
    """Return a file without a name on disk, and the workbook that is written into it."""
    # Loading the writer costs time that only downloads should pay.
    import xlsxwriter

    file = TemporaryFile()  # noqa: SIM115 - the response that sends it closes it
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    return file, xlsxwriter.Workbook(file, options)


def closed(file: IO[bytes], book: Any) -> IO[bytes]:
    """Return a finished workbook, ready to be read from its start."""
    book.close()
    file.seek(0)
    return file


def heading_of(each: ImportField) -> str:
    """Return the heading of a column; a star marks those that must be filled in."""
    return f"{each.title}{NEEDED}" if each.required else str(each.title)


def width_of(*texts: str) -> int:
    """Return the width that lets texts be read."""
    return min(max(NARROWEST, *(2 * len(text) + 2 for text in texts)), WIDEST)


def sheet_name(title: str) -> str:
    """Return a title as the name of a sheet."""
    return title.translate(SHEET_NAME_FORBIDDEN)[:SHEET_NAME_LENGTH]


def write_help(book: Any, screen: ImportScreen, fields: Sequence[ImportField]) -> None:
    """Write the sheet that explains every column."""
    sheet = book.add_worksheet(_("How to fill it in"))
    head = book.add_format(HEADING)
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    lines = list(filter(None, (str(screen.help_text), *general_help())))
    for row, line in enumerate(lines):
        sheet.write_string(row, 0, line)
    first = len(lines) + 1
    titles = (_("Column"), _("Needed"), _("Holds"), _("Explanation"), _("Example"))
    for index, title in enumerate(titles):
        sheet.write_string(first, index, title, head)
        sheet.set_column(index, index, (24, 10, 40, 60, 24)[index])
    for row, each in enumerate(fields, start=first + 1):
        told = (
            str(each.title),
            _("Yes") if each.required else "",
            kind_words(each),
            str(each.help_text),
            str(each.example),
        )
        for index, value in enumerate(told):
            sheet.write_string(row, index, value, text)


def general_help() -> tuple[str, ...]:
    """Return what holds for every template."""
    return (
        _("Fill in the first sheet; delete the grey example or leave it, it is passed over."),
        _("Columns with * are needed. Columns that you do not need may be deleted."),
        _("An empty cell leaves the value as it is; write (clear) to empty it."),
        _("Numbers of identity cards, telephones and customers stay text: do not reformat."),
        _("Masked values such as 138****8000 that come from an export are left as they are."),
    )


def kind_words(each: ImportField) -> str:
    """Return what the cells of a column hold, in words."""
    if each.choices:
        return _("One of: %(choices)s") % {
            "choices": " / ".join(str(words) for _value, words in each.choices)
        }
    return {
        CellKind.INTEGER: _("Whole number"),
        CellKind.DECIMAL: _("Number with decimals"),
        CellKind.DATE: _("Date, like 2026-03-01"),
        CellKind.YES_NO: _("Yes or no"),
        CellKind.REFERENCE: _("Number, code or name"),
    }.get(each.kind) or _("Text, at most %(longest)s characters") % {"longest": each.longest}


def write_choices(book: Any, sheet: Any, fields: Sequence[ImportField]) -> None:
    """Let Excel offer what a column may hold; the offers stand in a hidden sheet."""
    offered = [(index, offers) for index, each in enumerate(fields) if (offers := offers_of(each))]
    if not offered:
        return
    name = _("Choices")
    hidden = book.add_worksheet(name)
    hidden.hide()
    for place, (index, offers) in enumerate(offered):
        hidden.write_column(0, place, offers)
        column = column_letters(place)
        source = f"='{name}'!${column}$1:${column}${len(offers)}"
        # What is typed is judged when it is imported; Excel only offers.
        rule = {"validate": "list", "source": source, "ignore_blank": True, "show_error": False}
        sheet.data_validation(1, index, ROWS_WITH_CHOICES, index, rule)


def offers_of(each: ImportField) -> list[str]:
    """Return what Excel offers for a column."""
    if each.kind is CellKind.YES_NO:
        return [_("Yes"), _("No")]
    return [str(words) for _value, words in each.choices]
