"""What a file is: told from its content; names that lie, macros, bombs and pages are refused."""

import io
import zipfile

import pytest
from tests.factories.attachments import (
    EXE,
    HTML,
    JPG,
    PDF,
    PNG,
    SVG,
    compound,
    office,
    packed,
)

from dakehu.files.rules import contents
from dakehu.files.values import Unfit, UnfitContent


def kind_of(content):
    return contents.kind_of(io.BytesIO(content)).name


def refusal_of(content):
    with pytest.raises(UnfitContent) as refused:
        kind_of(content)
    return refused.value.reason


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "pdf"),
        (PNG, "png"),
        (JPG, "jpg"),
        (b"GIF89a" + b"\0" * 20, "gif"),
        (office("docx"), "docx"),
        (office("xlsx"), "xlsx"),
        (office("pptx"), "pptx"),
        (packed({"a.txt": b"x"}), "zip"),
        (compound("Root Entry", "WordDocument"), "doc"),
        (compound("Workbook"), "xls"),
        (compound("Book"), "xls"),
        (compound("PowerPoint Document"), "ppt"),
        ("会议纪要\n一、续约".encode(), "txt"),
        ("会议纪要\n一、续约".encode("gb18030"), "txt"),
        ("\ufeff编号,名称\n1,张伟".encode(), "txt"),
        (b"a < b and <c>\n", "txt"),
    ],
)
def test_the_kind_is_told_from_the_content(content, kind):
    assert kind_of(content) == kind


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (EXE, Unfit.UNKNOWN),
        (b"\x7fELF" + b"\0" * 60, Unfit.UNKNOWN),
        (b"Rar!\x1a\x07\x00" + b"\0" * 20, Unfit.UNKNOWN),
        (bytes(range(256)), Unfit.UNKNOWN),
        (b"text with \x00 inside", Unfit.UNKNOWN),
        (compound("Root Entry"), Unfit.UNKNOWN),
        (HTML, Unfit.WEB_PAGE),
        (b"\xef\xbb\xbf  \n<HTML>", Unfit.WEB_PAGE),
        (b"<script>alert(1)</script>", Unfit.WEB_PAGE),
        (SVG, Unfit.WEB_PAGE),
        (b'<?xml version="1.0"?><svg/>', Unfit.WEB_PAGE),
        (office("docx", macro="word/vbaProject.bin"), Unfit.MACROS),
        (office("xlsx", macro="xl/macrosheets/sheet1.xml"), Unfit.MACROS),
        (office("xlsx", type_said="application/vnd.ms-excel.sheet.macroEnabled"), Unfit.MACROS),
        (compound("WordDocument", "_VBA_PROJECT"), Unfit.MACROS),
        (compound("Workbook", "Macros"), Unfit.MACROS),
        (compound("EncryptedPackage"), Unfit.LOCKED),
        (office("docx")[:60], Unfit.BROKEN),
        (b"PK\x03\x04" + b"\0" * 100, Unfit.BROKEN),
        (packed({"a": b"\0" * 30_000_000}), Unfit.BOMB),
        (packed({str(n): b"" for n in range(5_001)}), Unfit.BOMB),
    ],
)
def test_what_is_not_fit_is_told_why(content, reason):
    assert refusal_of(content) == reason


def test_an_archive_that_claims_to_unpack_to_far_too_much_is_a_bomb():
    content = bytearray(packed({"a": b"x"}, zipfile.ZIP_STORED))
    place = content.rindex(b"PK\x01\x02")
    content[place + 24 : place + 28] = (600 * 1024 * 1024).to_bytes(4, "little")

    assert refusal_of(bytes(content)) == Unfit.BOMB


def test_a_locked_archive_is_refused():
    content = bytearray(packed({"a": b"x"}))
    place = content.rindex(b"PK\x01\x02")
    content[place + 8] |= 1

    assert refusal_of(bytes(content)) == Unfit.LOCKED


def test_a_list_of_types_that_is_far_too_long_is_a_bomb():
    assert refusal_of(packed({"[Content_Types].xml": b" " * 1_100_000})) == Unfit.BOMB


def test_a_mark_across_two_pieces_is_found(monkeypatch):
    monkeypatch.setattr(contents, "CHUNK", 600)

    assert refusal_of(compound("x" * 20, "_VBA_PROJECT")) == Unfit.MACROS


@pytest.mark.parametrize(
    ("name", "kind", "fits"),
    [
        ("合同.pdf", "pdf", True),
        ("照片.JPEG", "jpg", True),
        ("名单.csv", "txt", True),
        ("照片.png", "jpg", False),
        ("合同.pdf.exe", "pdf", False),
        ("合同", "pdf", False),
        ("page.html", "txt", False),
        ("drawing.svg", "txt", False),
        ("macro.docm", "docx", False),
    ],
)
def test_a_name_must_not_claim_another_kind(name, kind, fits):
    if fits:
        contents.judge_name(name, contents.KINDS[kind])
        return
    with pytest.raises(UnfitContent) as refused:
        contents.judge_name(name, contents.KINDS[kind])
    assert refused.value.reason == Unfit.LYING


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("2026年合同（终稿）.pdf", "2026年合同（终稿）.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("/absolute/合同.pdf", "合同.pdf"),
        ("C:\\files\\合同.pdf", "合同.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
        ("fdp.\u202eexe.pdf", "fdp.exe.pdf"),
        ('a"b<c>|?*.pdf', "a_b_c____.pdf"),
        ("\u200b\u200b.pdf", "file.pdf"),
        ("", "file"),
        ("...", "file"),
        (".pdf", "file.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_names_are_kept_without_what_misleads(given, kept):
    assert contents.clean_name(given) == kept
