"""OpenDocument spreadsheets are read row by row, and nothing in them is trusted."""

import zipfile
from datetime import date

import pytest
from tests.factories import sheets

from dakehu.common.spreadsheets import (
    FileTrouble,
    Limits,
    Source,
    UnreadableFile,
    beginnings_of,
    rows_of,
)

LIMITS = Limits(rows=1_000, columns=20, cells=5_000, unpacked=5_000_000)
HIDDEN = (
    '<style:style style:name="ta2" style:family="table">'
    '<style:table-properties table:display="false"/></style:style>'
)
OTHER = '<table:table table:name="{name}" table:style-name="{style}">{rows}</table:table>'


@pytest.fixture
def kept(tmp_path):
    """Return a function that writes a document and gives its path."""

    def keep(content):
        path = tmp_path / "file.ods"
        path.write_bytes(content)
        return path

    return keep


def rows_in(path, sheet="数据"):
    return list(rows_of(path, Source(sheet=sheet), LIMITS)[1])


def row(cells, attributes=""):
    return f"<table:table-row {attributes}>{cells}</table:table-row>"


def test_values_keep_their_types_and_stand_in_their_columns(kept):
    said = [["编号", "", "生日"], ["01S1", None, date(1980, 5, 20)], [], [1234.5, "", "<&>"]]
    path = kept(sheets.document(said))

    rows = rows_in(path)

    assert [each.line for each in rows] == [1, 2, 4]
    assert rows[1].cells == ("01S1", "", date(1980, 5, 20))
    assert rows[2].cells == (1234.5, "", "<&>")
    assert beginnings_of(path, LIMITS)[0].rows[0].cells == ("编号", "", "生日")


def test_formulas_and_merged_cells_are_found(kept):
    formula = (
        '<table:table-cell table:formula="of:=[.A1]" office:value-type="float" office:value="2">'
        "<text:p>2</text:p></table:table-cell>"
    )
    merged = (
        '<table:table-cell office:value-type="string" table:number-columns-spanned="2"'
        ' table:number-rows-spanned="2"><text:p>合</text:p></table:table-cell>'
        "<table:covered-table-cell/>"
    )
    below = "<table:covered-table-cell table:number-columns-repeated='2'/>"
    path = kept(
        sheets.document(
            [
                ["a", "b"],
                row("<table:table-cell/>" + formula),
                row(merged),
                row(below + sheets.document_cell("x")),
            ]
        )
    )

    _head, counted, first, second = rows_in(path)

    assert counted.cells == ("", 2.0)
    assert counted.formulas == {1}
    assert first.merged == {0, 1}
    assert second.merged == {0, 1}
    assert second.cells == ("", "", "x")


def test_repeated_rows_and_cells_are_as_many_as_they_say(kept):
    twice = (
        '<table:table-cell office:value-type="string" table:number-columns-repeated="2">'
        "<text:p>同</text:p></table:table-cell>"
    )
    path = kept(sheets.document([row(twice, 'table:number-rows-repeated="3"')]))

    assert [(each.line, each.cells) for each in rows_in(path)] == [
        (line, ("同", "同")) for line in (1, 2, 3)
    ]


def test_lines_blanks_and_links_belong_to_the_text_and_notes_do_not(kept):
    cell = (
        '<table:table-cell office:value-type="string"><office:annotation><text:p>注</text:p>'
        "</office:annotation><text:p>一<text:s text:c='2'/><text:a>二</text:a></text:p>"
        "<text:p>三<text:tab/>四</text:p></table:table-cell>"
    )

    (only,) = rows_in(kept(sheets.document([row(cell)])))

    assert only.cells == ("一  二\n三\t四",)


def test_hidden_sheets_are_not_offered_and_others_have_their_own_lines(kept):
    other = OTHER.format(name="另", style="ta2", rows=sheets.document_row(["不"]))
    shown = OTHER.format(name="说明", style="ta1", rows=sheets.document_row(["读"]))
    path = kept(sheets.document([["a"], ["b"]], before=other + shown, styles=HIDDEN))

    assert [each.source.sheet for each in beginnings_of(path, LIMITS)] == ["说明", "数据"]
    assert [(each.line, each.cells) for each in rows_in(path)] == [(1, ("a",)), (2, ("b",))]


@pytest.mark.parametrize(
    ("rows", "trouble"),
    [
        (
            [row(sheets.document_cell("x"), 'table:number-rows-repeated="9999999"')],
            "too_many_rows",
        ),
        (
            [
                row(
                    '<table:table-cell table:number-columns-repeated="999"/>'
                    + sheets.document_cell("x")
                )
            ],
            "too_many_columns",
        ),
        (["<table:table-row></table:table>"], "broken"),
        ([row('<table:table-cell office:value-type="float" office:value="x"/>')], "broken"),
        ([["x" * 6_000_000]], "too_large"),
    ],
)
def test_what_is_too_large_or_broken_is_refused(kept, rows, trouble):
    path = kept(sheets.document(rows))

    with pytest.raises(UnreadableFile) as refused:
        rows_in(path)

    assert refused.value.trouble == FileTrouble(trouble)


def test_definitions_that_grow_are_refused(tmp_path):
    path = tmp_path / "file.ods"
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", bomb)

    with pytest.raises(UnreadableFile):
        beginnings_of(path, LIMITS)


def test_a_sheet_that_is_not_there_is_told(kept):
    with pytest.raises(UnreadableFile) as refused:
        rows_in(kept(sheets.document([["x"]])), "没有")

    assert refused.value.trouble == FileTrouble.NO_SUCH_SHEET
