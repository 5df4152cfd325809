"""What files refuses, in sentences that a person can act on."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from dakehu.common.spreadsheets import FileTrouble
from dakehu.files.values import CellTrouble, Unfit


class UnableToImportFile(Exception):
    """A file, its columns or a step of its import is refused; the text says what to do."""

    def __init__(self, words: object) -> None:
        self.words = words
        super().__init__(str(words))


FILE_WORDS: Mapping[FileTrouble, object] = MappingProxyType(
    {
        FileTrouble.EMPTY: _("The file is empty. Download the template and fill it in."),
        FileTrouble.TOO_LARGE: _("The file is too large. Divide it into several."),
        FileTrouble.OLD_WORKBOOK: _(
            "This is an old workbook (.xls), or one locked with a password. Open it and save it "
            "as Excel workbook (.xlsx) without a password."
        ),
        FileTrouble.WEB_PAGE: _(
            "This is a web page that is only named like a workbook. Open it in Excel and save it "
            "as Excel workbook (.xlsx)."
        ),
        FileTrouble.NO_SPREADSHEET: _(
            "This is no spreadsheet. Choose an .xlsx, .ods or .csv file."
        ),
        FileTrouble.BROKEN: _(
            "The file is damaged and cannot be read. Open it in Excel, save it anew, try again."
        ),
        FileTrouble.UNKNOWN_ENCODING: _(
            "The text is neither UTF-8 nor GB18030 (GBK). Save it as “CSV UTF-8” or as .xlsx."
        ),
        FileTrouble.TOO_MANY_ROWS: _("The file has too many rows. Divide it into several."),
        FileTrouble.TOO_MANY_COLUMNS: _(
            "The file has too many columns, perhaps a lost cell far to the right. Delete the "
            "columns that are not needed."
        ),
        FileTrouble.TOO_MANY_CELLS: _(
            "The sheet is too large, perhaps because of a lost cell far down or to the right. "
            "Delete what is not needed, or divide the file."
        ),
        FileTrouble.NO_SUCH_SHEET: _("The sheet is not in the file any more. Upload it again."),
    }
)
CELL_WORDS: Mapping[CellTrouble, object] = MappingProxyType(
    {
        CellTrouble.PRECISION_LOST: _(
            "the number is longer than the 15 digits that Excel keeps, so its end is lost. "
            "Format the column as text and type the number again"
        ),
        CellTrouble.SHORTENED_NUMBER: _(
            "Excel has shortened the number (like 1.1E+17), so its digits are lost. Format the "
            "column as text and type the number again"
        ),
        CellTrouble.FORMULA: _(
            "the cell holds a formula or an error. Copy the column and paste it as values"
        ),
        CellTrouble.MERGED: _("merged cells. Unmerge them and fill in every cell"),
        CellTrouble.TOO_LONG: _("the text is too long; at most %(longest)s characters fit"),
        CellTrouble.NO_INTEGER: _("“%(text)s” is no whole number. Write digits only"),
        CellTrouble.TOO_SMALL: _("“%(text)s” is too small; it must be at least %(least)s"),
        CellTrouble.TOO_LARGE: _("“%(text)s” is too large a number"),
        CellTrouble.NO_DECIMAL: _("“%(text)s” is no number. Write it like 1234.50"),
        CellTrouble.NO_DATE: _("“%(text)s” is no date. Write it like 2026-03-01"),
        CellTrouble.NO_CHOICE: _("“%(text)s” is not offered here. Write one of: %(choices)s"),
        CellTrouble.NO_YES_NO: _("“%(text)s” is neither yes nor no. Write 是 or 否"),
        CellTrouble.MASKED: _(
            "“%(text)s” is masked and differs from what is kept. Write the whole value, or leave "
            "the cell empty to keep it"
        ),
        CellTrouble.MISSING: _("is missing. Fill it in"),
        CellTrouble.NOT_CLEARED: _("may not be emptied. Write a value"),
        CellTrouble.UNKNOWN: _("there is no “%(text)s” within your reach. Check the spelling"),
        CellTrouble.AMBIGUOUS: _(
            "“%(text)s” may mean several. Write the number or code instead of the name"
        ),
    }
)


class UnableToExport(Exception):
    """An export of personal data is refused; the text says why and what to do."""


UNFIT_WORDS: Mapping[Unfit, object] = MappingProxyType(
    {
        Unfit.EMPTY: _("“%(name)s” is empty."),
        Unfit.TOO_LARGE: _("“%(name)s” is larger than %(most)s MB. Make it smaller or divide it."),
        Unfit.UNKNOWN: _("What is in “%(name)s” is of no kind that is taken here: %(kinds)s."),
        Unfit.NOT_ALLOWED: _("Files of this kind (%(kind)s) are not taken here: %(kinds)s."),
        Unfit.LYING: _(
            "“%(name)s” is in truth a %(kind)s file. Give it its true ending, or choose another."
        ),
        Unfit.WEB_PAGE: _(
            "“%(name)s” is a web page or a drawing that could run in a browser. Save it as PDF."
        ),
        Unfit.MACROS: _("“%(name)s” carries macros. Save it without them (.docx, .xlsx, .pptx)."),
        Unfit.LOCKED: _("“%(name)s” is locked with a password. Save it without one."),
        Unfit.BOMB: _("“%(name)s” would unpack to far too much."),
        Unfit.BROKEN: _("“%(name)s” is damaged. Open it, save it anew, and try again."),
        Unfit.KNOWN: _("“%(name)s” is attached already, as “%(other)s”."),
        Unfit.SEALED: _(
            "“%(name)s”: the files of this record stay as they are; they are evidence."
        ),
    }
)


class UnableToAttach(Exception):
    """A file cannot be attached; the text says why and what to do."""

    def __init__(self, reason: Unfit, **facts: object) -> None:
        self.reason = reason
        super().__init__(str(UNFIT_WORDS[reason]) % facts)
