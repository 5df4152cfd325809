"""Files as people upload them: honest ones, and those that pretend."""

import io
import zipfile
from datetime import UTC, datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from dakehu.files.models import Attachment
from dakehu.files.operations import attachments as operations

AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8ffff3f0005fe02fea735812d0000000049454e44ae426082"
)
JPG = bytes.fromhex("ffd8ffe000104a46494600010101004800480000ffdb0043") + b"\0" * 80 + b"\xff\xd9"
EXE = b"MZ\x90\x00" + b"\0" * 200
HTML = b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
TYPES = '<Types><Override PartName="/{part}" ContentType="{type}.main+xml"/></Types>'
MAIN = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}


def packed(entries: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive of entries."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", compression) as archive:
        for name, entry in entries.items():
            archive.writestr(name, entry)
    return content.getvalue()


def office(kind: str, *, macro: str = "", type_said: str = "application/x") -> bytes:
    """A document; ``macro`` is the name of an entry that carries macros."""
    entries = {
        "[Content_Types].xml": TYPES.format(part=MAIN[kind], type=type_said).encode(),
        MAIN[kind]: b"<x/>",
    }
    if macro:
        entries[macro] = b"macro"
    return packed(entries)


def compound(*streams: str) -> bytes:
    """An older office document that has these streams."""
    names = b"".join((stream + "\0").encode("utf-16-le").ljust(64, b"\0") for stream in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + names


def upload(name: str = "合同.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    """A file on its way in; what the browser says of its type is a lie."""
    return SimpleUploadedFile(name, content, content_type="text/html")


def attach(record, by, *, name: str = "合同.pdf", content: bytes = PDF, at=AT) -> Attachment:
    """Attach a file to a record."""
    return operations.attach_file(record=record, upload=upload(name, content), by=by, at=at)
