"""
What a file is, told from its content and never from its name (V2).

A file is taken if its content is of a kind that we know, if its name does not claim another kind,
and if it carries no macros and cannot be made to fill the disk or the memory of who opens it.
Nothing is ever unpacked: archives are judged by their table of contents.
"""

import re
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

import filetype

from dakehu.files.values import Unfit, UnfitContent

HEAD = 8192
CHUNK = 1024 * 1024
LONGEST_NAME = 120
ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_ENTRIES = 5_000
LARGEST_UNPACKED = 500 * 1024 * 1024
# Small archives may shrink to almost nothing; a large one that did so is a bomb.
SMALL_UNPACKED = 20 * 1024 * 1024
STEEPEST = 100
LARGEST_LIST_OF_TYPES = 1024 * 1024
MARKUP = re.compile(
    rb"^\s*(?:<!doctype|<html|<head|<body|<svg|<script|<\?xml|<!--)", re.IGNORECASE
)
# Controls, and marks that turn the direction of writing so that "exe.pdf" looks like "fdp.exe".
UNPRINTABLE = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
FORBIDDEN_IN_NAMES = re.compile(r'[\\/:*?"<>|]')


@dataclass(frozen=True)
class Kind:
    """A kind of content: the endings its names may have, and its type as the browser is told."""

    name: str
    endings: tuple[str, ...]
    content_type: str


OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("pdf", ("pdf",), "application/pdf"),
        Kind("docx", ("docx",), f"{OFFICE}.wordprocessingml.document"),
        Kind("xlsx", ("xlsx",), f"{OFFICE}.spreadsheetml.sheet"),
        Kind("pptx", ("pptx",), f"{OFFICE}.presentationml.presentation"),
        Kind("doc", ("doc",), "application/msword"),
        Kind("xls", ("xls",), "application/vnd.ms-excel"),
        Kind("ppt", ("ppt",), "application/vnd.ms-powerpoint"),
        Kind("png", ("png",), "image/png"),
        Kind("jpg", ("jpg", "jpeg"), "image/jpeg"),
        Kind("gif", ("gif",), "image/gif"),
        Kind("webp", ("webp",), "image/webp"),
        Kind("mp3", ("mp3",), "audio/mpeg"),
        Kind("m4a", ("m4a",), "audio/mp4"),
        Kind("mp4", ("mp4",), "video/mp4"),
        Kind("zip", ("zip",), "application/zip"),
        Kind("txt", ("txt", "csv"), "text/plain; charset=utf-8"),
    )
}
# The entry of an archive that makes it a document.
OFFICE_PARTS = {
    "word/document.xml": "docx",
    "xl/workbook.xml": "xlsx",
    "ppt/presentation.xml": "pptx",
}
OLE_STREAMS = {
    "WordDocument": "doc",
    "Workbook": "xls",
    "Book": "xls",
    "PowerPoint Document": "ppt",
}
OLE_MACROS = ("_VBA_PROJECT", "Macros")
OLE_LOCKED = ("EncryptedPackage", "EncryptionInfo")


def kind_of(file: IO[bytes]) -> Kind:
    """
    Return what the content of a file is.

    :raises UnfitContent: if it is of no kind that we know, or not fit to be kept.
    """
    file.seek(0)
    head = file.read(HEAD)
    if head.startswith(ZIP_MAGIC):
        return KINDS[archive_kind(file)]
    if head.startswith(OLE_MAGIC):
        return KINDS[compound_kind(file)]
    guessed = filetype.guess(head)
    if guessed is not None:
        if guessed.extension not in KINDS:
            raise UnfitContent(Unfit.UNKNOWN)
        return KINDS[guessed.extension]
    return KINDS[text_kind(file, head)]


def archive_kind(file: IO[bytes]) -> str:
    """Return what a zip archive is: a document, or just an archive.

    :raises UnfitContent: if it is damaged, locked, a bomb, or carries macros.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            judge_entries(entries)
            types = archive.NameToInfo.get("[Content_Types].xml")
            if types is not None:
                judge_types(archive, types)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise UnfitContent(Unfit.BROKEN) from error
    names = {entry.filename for entry in entries}
    return next((kind for part, kind in OFFICE_PARTS.items() if part in names), "zip")


def judge_entries(entries: list[zipfile.ZipInfo]) -> None:
    """Look at the table of contents of an archive.

    :raises UnfitContent: if it is a bomb, locked, or carries macros.
    """
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    is_steep = unpacked > SMALL_UNPACKED and unpacked > STEEPEST * packed
    if len(entries) > MOST_ENTRIES or unpacked > LARGEST_UNPACKED or is_steep:
        raise UnfitContent(Unfit.BOMB)
    names = [entry.filename.lower() for entry in entries]
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnfitContent(Unfit.LOCKED)
    if any(
        name.endswith(("vbaproject.bin", "vbadata.xml")) or "macrosheets/" in name
        for name in names
    ):
        raise UnfitContent(Unfit.MACROS)


def judge_types(archive: zipfile.ZipFile, types: zipfile.ZipInfo) -> None:
    """Look at what a document says of its own parts.

    :raises UnfitContent: if it says it carries macros, or says too much.
    """
    with archive.open(types) as part:
        said = part.read(LARGEST_LIST_OF_TYPES + 1)
    if len(said) > LARGEST_LIST_OF_TYPES:
        raise UnfitContent(Unfit.BOMB)
    if b"macroenabled" in said.lower():
        raise UnfitContent(Unfit.MACROS)


def compound_kind(file: IO[bytes]) -> str:
    """Return which of the older office documents a compound file is.

    :raises UnfitContent: if it carries macros, is locked, or is something else.
    """
    marks = (*OLE_MACROS, *OLE_LOCKED, *OLE_STREAMS)
    found = marks_in(file, {mark: (mark + "\0").encode("utf-16-le") for mark in marks})
    if found & set(OLE_MACROS):
        raise UnfitContent(Unfit.MACROS)
    if found & set(OLE_LOCKED):
        raise UnfitContent(Unfit.LOCKED)
    kind = next((kind for mark, kind in OLE_STREAMS.items() if mark in found), None)
    if kind is None:
        raise UnfitContent(Unfit.UNKNOWN)
    return kind


def marks_in(file: IO[bytes], marks: dict[str, bytes]) -> set[str]:
    """Return which marks occur in a file, read piece by piece."""
    longest = max(map(len, marks.values()))
    found: set[str] = set()
    tail = b""
    file.seek(0)
    while chunk := file.read(CHUNK):
        piece = tail + chunk
        found |= {name for name, mark in marks.items() if mark in piece}
        tail = piece[-longest:]
    return found


def text_kind(file: IO[bytes], head: bytes) -> str:
    """Return that a file is text, in UTF-8 or GB18030.

    :raises UnfitContent: if it is none, or a page that a browser would run.
    """
    if MARKUP.match(head.removeprefix(b"\xef\xbb\xbf")):
        raise UnfitContent(Unfit.WEB_PAGE)
    file.seek(0)
    content = file.read()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(unicodedata.category(each) == "Cc" and each not in "\t\r\n\f" for each in text):
            return "txt"
    raise UnfitContent(Unfit.UNKNOWN)


def ending_of(name: str) -> str:
    """Return the ending of a file's name in small letters, without its dot."""
    return PurePosixPath(name).suffix.lower().removeprefix(".")


def judge_name(name: str, kind: Kind) -> None:
    """Compare what a name claims with what the content is.

    :raises UnfitContent: if they differ.
    """
    if ending_of(name) not in kind.endings:
        raise UnfitContent(Unfit.LYING)


def clean_name(given: str) -> str:
    """Return a file's name without folders, controls and marks that mislead; never empty."""
    name = unicodedata.normalize("NFC", given).replace("\\", "/").rpartition("/")[2]
    name = "".join(each for each in name if unicodedata.category(each) not in UNPRINTABLE)
    name = FORBIDDEN_IN_NAMES.sub("_", name).lstrip().rstrip(" .")
    stem, dot, ending = name.rpartition(".")
    if not dot:
        return name[:LONGEST_NAME] or "file"
    return f"{stem[: LONGEST_NAME - len(ending) - 1].strip() or 'file'}.{ending[:10]}"
