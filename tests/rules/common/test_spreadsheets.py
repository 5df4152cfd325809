"""Spreadsheets are told apart by content, read row by row, and nothing in them is trusted."""

import codecs
import zipfile
from datetime import date

import pytest
import xlsxwriter

from dakehu.common.spreadsheets import (
    FileTrouble,
    Limits,
    Source,
    UnreadableFile,
    beginnings_of,
    column_letters,
    rows_of,
)

LIMITS = Limits(rows=1_000, columns=20, cells=5_000, unpacked=50_000_000)
CHINESE = "客户编号,姓名\r\n01S1,张伟\r\n"


@pytest.fixture
def written(tmp_path):
    """Return a function that writes bytes or text into a file and gives its path."""

    def write(content, encoding="utf-8"):
        path = tmp_path / "file"
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write


@pytest.fixture
def book(tmp_path):
    """Return a function that makes a workbook by calling ``fill`` with its sheets."""

    def make(fill, names=("数据",)):
        path = tmp_path / "book.xlsx"
        with xlsxwriter.Workbook(path) as workbook:
            fill(workbook, *[workbook.add_worksheet(name) for name in names])
        return path

    return make


def all_rows(path, limits=LIMITS):
    """Return the rows of the first source of a file."""
    source = beginnings_of(path, limits)[0].source
    return list(rows_of(path, source, limits)[1])


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (CHINESE.encode(), "utf-8"),
        (codecs.BOM_UTF8 + CHINESE.encode(), "utf-8-sig"),
        (CHINESE.encode("gb18030"), "gb18030"),
        (CHINESE.encode("utf-16"), "utf-16"),
    ],
)
def test_the_encoding_of_text_is_told_from_its_bytes(written, content, encoding):
    path = written(content)

    (beginning,) = beginnings_of(path, LIMITS)

    assert beginning.source == Source(encoding=encoding)
    assert beginning.rows[0].cells == ("客户编号", "姓名")
    assert beginning.rows[1].cells == ("01S1", "张伟")


def test_text_that_turns_out_not_to_be_utf_8_far_down_is_gb18030(written):
    path = written(b"a,b\r\n" * 300_000 + "名,称\r\n".encode("gb18030"))

    (beginning,) = beginnings_of(path, LIMITS)

    assert beginning.source.encoding == "gb18030"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_told_from_the_first_line(written, separator):
    path = written(separator.join(["编号", "姓名", "备注"]) + "\n")

    assert all_rows(path)[0].cells == ("编号", "姓名", "备注")


def test_a_value_over_two_lines_stays_one_row(written):
    path = written('编号,备注\n1,"第一行\n第二行"\n2,x\n')

    assert [(row.line, row.cells[0]) for row in all_rows(path)] == [
        (1, "编号"),
        (2, "1"),
        (3, "2"),
    ]


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        (b"", FileTrouble.EMPTY),
        (b" \r\n ", FileTrouble.EMPTY),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileTrouble.OLD_WORKBOOK),
        (b"\r\n<HTML><table>", FileTrouble.WEB_PAGE),
        (b"%PDF-1.7", FileTrouble.NO_SPREADSHEET),
        (b"PK\x03\x04 broken", FileTrouble.BROKEN),
        (b"\xff\xfe\xff\xff\x00\x81\xff", FileTrouble.UNKNOWN_ENCODING),
        (b"a\x00b,\xff\xff", FileTrouble.UNKNOWN_ENCODING),
    ],
)
def test_what_is_no_spreadsheet_is_refused_by_its_trouble(written, content, trouble):
    path = written(content)

    with pytest.raises(UnreadableFile) as refusal:
        beginnings_of(path, LIMITS)

    assert refusal.value.trouble == trouble


def test_an_archive_that_is_no_workbook_is_refused(tmp_path):
    path = tmp_path / "letters.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")

    with pytest.raises(UnreadableFile, match=FileTrouble.NO_SPREADSHEET):
        beginnings_of(path, LIMITS)


def test_cells_keep_column_and_type(book):
    def fill(workbook, sheet):
        sheet.write_string(2, 1, "=1+1")
        sheet.write_number(2, 3, 1.5)
        sheet.write_datetime(
            2, 4, date(2026, 3, 1), workbook.add_format({"num_format": "yyyy-mm-dd"})
        )

    rows = all_rows(book(fill))

    assert rows[2].line == 3
    assert rows[2].cells == ("", "=1+1", "", 1.5, date(2026, 3, 1))
    assert rows[0].is_blank


def test_formulas_errors_and_merged_cells_are_found_where_they_stand(book):
    def fill(workbook, sheet):
        sheet.write_row(0, 0, ["编号", "姓名"])
        sheet.write_formula(1, 1, "=A1", None, "编号")
        sheet.merge_range(2, 0, 3, 1, "合并")
        sheet.write(4, 0, "x")

    rows = all_rows(book(fill))

    assert [row.formulas for row in rows] == [set(), {1}, set(), set(), set()]
    assert [row.merged for row in rows] == [set(), set(), {0, 1}, {0, 1}, set()]


def test_a_formula_is_found_wherever_the_pieces_of_a_sheet_part(book, monkeypatch):
    monkeypatch.setattr("dakehu.common.spreadsheets.workbooks.CHUNK", 97)

    def fill(workbook, sheet):
        for line in range(50):
            sheet.write_formula(line, 2, "=1+1", None, 2)

    rows = all_rows(book(fill))

    assert all(row.formulas == {2} for row in rows)


@pytest.mark.parametrize(
    ("place", "trouble"),
    [
        ((2_000, 0), FileTrouble.TOO_MANY_ROWS),
        ((0, 40), FileTrouble.TOO_MANY_COLUMNS),
        ((900, 19), FileTrouble.TOO_MANY_CELLS),
    ],
)
def test_one_cell_far_out_is_refused_before_the_sheet_is_held(book, place, trouble):
    path = book(lambda workbook, sheet: sheet.write(*place, "x"))

    with pytest.raises(UnreadableFile, match=trouble):
        rows_of(path, Source(sheet="数据"), LIMITS)


def test_text_with_too_many_rows_is_refused(written):
    path = written("a,b\n" * 1_001)

    with pytest.raises(UnreadableFile, match=FileTrouble.TOO_MANY_ROWS):
        all_rows(path)


def test_an_archive_that_would_grow_beyond_all_bounds_is_refused(book):
    path = book(lambda workbook, sheet: sheet.write(0, 0, "x" * 30_000))

    with pytest.raises(UnreadableFile, match=FileTrouble.TOO_LARGE):
        beginnings_of(path, Limits(rows=10, unpacked=1_000))


def test_only_the_first_rows_are_read_for_the_beginning(book):
    path = book(lambda workbook, sheet: [sheet.write(line, 0, line) for line in range(900)])

    (beginning,) = beginnings_of(path, LIMITS)

    assert [row.line for row in beginning.rows] == list(range(1, 41))
    assert len(all_rows(path)) == 900


def test_hidden_sheets_are_left_out(book):
    def fill(workbook, first, second):
        first.write(0, 0, "a")
        second.hide()

    beginnings = beginnings_of(book(fill, names=("数据", "选项")), LIMITS)

    assert [beginning.source.sheet for beginning in beginnings] == ["数据"]


def test_a_sheet_that_has_gone_is_refused(book):
    path = book(lambda workbook, sheet: sheet.write(0, 0, "x"))

    with pytest.raises(UnreadableFile, match=FileTrouble.NO_SUCH_SHEET):
        rows_of(path, Source(sheet="别的"), LIMITS)


def test_a_sheet_whose_bytes_do_not_hold_together_is_refused(book, tmp_path):
    path = book(lambda workbook, sheet: sheet.write(0, 0, "x"))
    broken = tmp_path / "broken.xlsx"
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(broken, "w") as target:
        for name in archive.namelist():
            text = archive.read(name)
            target.writestr(name, text[:90] if "sheet1" in name else text)

    with pytest.raises(UnreadableFile, match=FileTrouble.BROKEN):
        beginnings_of(broken, LIMITS)


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ")])
def test_columns_are_called_as_a_spreadsheet_calls_them(index, letters):
    assert column_letters(index) == letters
