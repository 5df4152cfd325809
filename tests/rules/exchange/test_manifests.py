"""What manifests and check files say, what is refused in them, send numbers and receipts."""

import json
from dataclasses import replace
from datetime import date

import pytest

from dakehu.exchange.rules.dialects import DAKEHU_1, VERF_DAT, VERF_DAT_UTF8
from dakehu.exchange.rules.manifests import missing_parts, read_manifest, subscribers_of
from dakehu.exchange.rules.receipts import build_receipt, receipt_name, rejected_name
from dakehu.exchange.rules.sends import judge_send
from dakehu.exchange.values import (
    Announcement,
    EnvelopeRefusal,
    Manifest,
    SendVerdict,
    TakenSend,
)
from dakehu.facts.intake import FileRefusal, FileVerdict, Refusal, RowReason

DAY = date(2026, 3, 1)
NAME = "manifest_01_20260301_00.csv"
HEADER = "file,interface,rows,bytes,sha256,encoding"
SHA = "a" * 64
LINE = f"usage_01_20260301_001.csv.gz,usage,10,99,{SHA},utf-8"


def read(*lines: str, name: str = NAME) -> Manifest:
    """The manifest with these lines behind the header."""
    content = "\n".join((HEADER, *lines, "")).encode()
    return read_raw(content, name=name)


def read_raw(content: bytes, *, name: str = NAME) -> Manifest:
    """The manifest with this content."""
    announcement = Announcement("01", DAY, 0, "", "dakehu-1", (name,))
    return read_manifest(announcement, {name: content}, dialect=DAKEHU_1)


def test_a_line_lists_a_file() -> None:
    manifest = read(LINE)

    (file,) = manifest.files
    assert (file.name, file.interface) == ("usage_01_20260301_001.csv.gz", "usage")
    assert (file.rows, file.size, file.sha256, file.encoding) == (10, 99, SHA, "utf-8")
    assert file.layout.header
    assert manifest.interfaces == ("usage",)
    assert (manifest.refusal, manifest.refused) == (None, ())


def test_subscribers_of_some_days_count_once_and_those_of_parts_together() -> None:
    subscribers = "subscriber_01_20260301_00{}.csv.gz,subscriber,{},99,{},utf-8"
    one, two = (subscribers.format(part, 40, SHA) for part in (1, 2))
    whole = read(one, two, LINE)
    assert subscribers_of([]) == 0
    assert subscribers_of([whole, read(one), whole]) == 80
    other = replace(whole, announcement=replace(whole.announcement, city="02"))
    assert subscribers_of([whole, other]) == 160


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + f"{HEADER}\r\n{LINE}\r\n".encode(),
        f"{HEADER}\n{LINE}".encode(),
        f"{HEADER}\n{LINE.replace('utf-8', 'UTF-8')}\n".encode(),
    ],
    ids=["marked and with CRLF", "last line not ended", "capitals"],
)
def test_harmless_differences_are_tolerated(content) -> None:
    assert len(read_raw(content).files) == 1


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", 1),
        (b"file,interface,rows\n", 1),
        (f"{LINE}\n".encode(), 1),
        (f"{HEADER}\n".encode(), 2),
        (f"{HEADER}\n{LINE},x\n".encode(), 2),
        (f"{HEADER}\n{LINE}\n\n".encode(), 3),
        (f"{HEADER}\n{LINE.replace(',10,', ',ten,')}\n".encode(), 2),
        (f"{HEADER}\n{LINE.replace(',10,', ',-1,')}\n".encode(), 2),
        (f"{HEADER}\n{LINE.replace(',99,', ',9.9,')}\n".encode(), 2),
        (f"{HEADER}\n{LINE.replace(SHA, 'abc')}\n".encode(), 2),
        (f'{HEADER}\n{LINE}\n"usage\n'.encode(), 3),
        (b"\x1f\x8b\x00\x00\xff", 1),
    ],
)
def test_a_malformed_manifest_refuses_the_delivery_and_names_the_line(content, line) -> None:
    manifest = read_raw(content)

    assert manifest.refusal is not None
    assert manifest.refusal.code == EnvelopeRefusal.MANIFEST_MALFORMED
    assert manifest.refusal.parameters["file"] == NAME
    assert manifest.refusal.parameters["line"] == line
    assert manifest.files == ()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("manifest_02_20260301_00.csv", EnvelopeRefusal.WRONG_CITY),
        ("manifest_01_20260302_00.csv", EnvelopeRefusal.WRONG_DAY),
    ],
)
def test_a_manifest_in_another_folder_refuses_the_delivery(name, code) -> None:
    manifest = read(LINE, name=name)

    assert manifest.refusal is not None
    assert manifest.refusal.code == code


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("usage_01_", "../usage_01_", EnvelopeRefusal.UNSAFE_NAME),
        ("usage_01_", "/tmp/usage_01_", EnvelopeRefusal.UNSAFE_NAME),
        ("usage_01_", "a\\usage_01_", EnvelopeRefusal.UNSAFE_NAME),
        ("usage_01_", "\0usage_01_", EnvelopeRefusal.UNSAFE_NAME),
        ("usage_01_", "usage_02_", EnvelopeRefusal.WRONG_CITY),
        ("0301_001", "0302_001", EnvelopeRefusal.WRONG_DAY),
        ("usage_01_", "month_01_", EnvelopeRefusal.WRONG_NAME),
        (",usage,", ",month,", EnvelopeRefusal.WRONG_NAME),
        ("usage_01_", "bills_01_", EnvelopeRefusal.UNKNOWN_INTERFACE),
        ("utf-8", "utf-16", EnvelopeRefusal.UNKNOWN_ENCODING),
    ],
)
def test_a_line_that_does_not_belong_refuses_its_file_only(before, after, code) -> None:
    other = LINE.replace("usage", "month")

    manifest = read(LINE.replace(before, after, 1), other)

    assert [one.refusal.code for one in manifest.refused] == [code]
    assert manifest.refused[0].rows == 10
    assert [file.interface for file in manifest.files] == ["month"]


def test_a_file_listed_twice_counts_once() -> None:
    manifest = read(LINE, LINE)

    assert len(manifest.files) == 1
    assert manifest.refused[0].refusal.code == EnvelopeRefusal.LISTED_TWICE


STEM = "s_13100_20260301_02053_00"


def read_verf(content: bytes, *, dialect=VERF_DAT) -> Manifest:
    """The manifest of one unit with this check file."""
    name = f"{STEM}.verf"
    scope = STEM.removesuffix("_00")
    announcement = Announcement("01", DAY, 0, scope, dialect.name, (name,))
    return read_manifest(announcement, {name: content}, dialect=dialect)


@pytest.mark.parametrize("separator", [b"\x80", b"\t", b"|", b"$", b"\xe2\x82\xac"])
@pytest.mark.parametrize("tail", [b"", b"SEP"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_a_check_file_shows_the_separator_of_the_data(separator, tail, end) -> None:
    line = b"SEP".join((f"{STEM}_001.dat".encode(), b"99", b"10", b"20260301", b"20260302043000"))
    content = (line + tail).replace(b"SEP", separator) + end

    manifest = read_verf(content)

    assert manifest.refusal is None
    (file,) = manifest.files
    assert (file.interface, file.rows, file.size, file.sha256) == ("usage", 10, 99, None)
    assert file.layout.separator == separator
    assert not file.layout.quoting
    assert file.encoding == ("utf-8" if separator == b"\xe2\x82\xac" else "gb18030")


def test_senders_of_utf_8_have_their_own_dialect() -> None:
    content = f"{STEM}_001.dat|99|10|20260301|20260302043000\n".encode()

    (file,) = read_verf(content, dialect=VERF_DAT_UTF8).files

    assert file.encoding == "utf-8"


def test_older_check_files_have_fixed_widths() -> None:
    line = f"{STEM}_001.dat".ljust(40) + "99".ljust(20) + "10".ljust(20) + "2026030120260302043000"

    manifest = read_verf(line.encode() + b"\r\n")

    assert len(line) + 2 == 104
    (file,) = manifest.files
    assert (file.rows, file.size, file.layout.separator) == (10, 99, b"\x80")


@pytest.mark.parametrize(
    "content", [b"", b"\n\n", b"hello\n", f"{STEM}_001.dat|99|ten|20260301|2026\n".encode()]
)
def test_a_malformed_check_file_refuses_the_delivery(content) -> None:
    manifest = read_verf(content)

    assert manifest.refusal is not None
    assert manifest.refusal.code == EnvelopeRefusal.MANIFEST_MALFORMED


def test_the_period_in_the_line_must_be_the_one_in_the_name() -> None:
    manifest = read_verf(f"{STEM}_001.dat|99|10|20260228|20260302043000\n".encode())

    assert manifest.refused[0].refusal.code == EnvelopeRefusal.WRONG_DAY


def test_a_missing_part_makes_a_delivery_incomplete() -> None:
    lines = [f"{STEM}_{part}.dat|99|10|20260301|20260302043000\n" for part in ("001", "003")]
    manifest = read_verf("".join(lines).encode())

    assert missing_parts(manifest, {f"{STEM}_001.dat", f"{STEM}_003.dat"}) == ["002"]
    assert missing_parts(manifest, {f"{STEM}_001.dat"}) == [f"{STEM}_003.dat", "002"]


def test_in_the_contracts_dialect_a_missing_file_is_refused_by_itself() -> None:
    assert missing_parts(read(LINE), set()) == []


# Send numbers.


def sent(send: int, fingerprint: str = "f") -> Manifest:
    return Manifest(Announcement("01", DAY, send, "", "dakehu-1", ()), fingerprint)


@pytest.mark.parametrize(
    ("send", "fingerprint", "taken", "verdict", "code"),
    [
        (0, "f", [], SendVerdict.TAKE, None),
        (1, "f", [], SendVerdict.TAKE, None),
        (1, "g", [(0, "f")], SendVerdict.TAKE, None),
        (3, "g", [(0, "f"), (1, "h")], SendVerdict.TAKE, None),
        (0, "f", [(0, "f")], SendVerdict.ALREADY_TAKEN, None),
        (0, "f", [(0, "f"), (1, "g")], SendVerdict.ALREADY_TAKEN, None),
        (0, "f", [(1, "g")], SendVerdict.REFUSE, EnvelopeRefusal.SUPERSEDED),
        (0, "x", [(0, "f"), (1, "g")], SendVerdict.REFUSE, EnvelopeRefusal.SUPERSEDED),
        (1, "x", [(0, "f"), (1, "g")], SendVerdict.REFUSE, EnvelopeRefusal.SEND_REUSED),
    ],
)
def test_a_higher_send_replaces_and_a_lower_one_never_does(
    send, fingerprint, taken, verdict, code
) -> None:
    found, refusal = judge_send(sent(send, fingerprint), [TakenSend(*one) for one in taken])

    assert found == verdict
    assert (refusal.code if refusal else None) == code


def test_the_fingerprint_follows_the_content() -> None:
    assert read(LINE).fingerprint == read(LINE).fingerprint
    assert read(LINE).fingerprint != read(LINE.replace(",10,", ",11,")).fingerprint


# Receipts.


def verdict(name: str, rows: int, **said) -> FileVerdict:
    told = {"accepted": rows, "rejected": 0, "reasons": {}} | said
    return FileVerdict(name, rows, **told)


def test_a_receipt_counts_every_row_once() -> None:
    manifest = read(LINE, LINE.replace("usage_01_", "usage_02_"))
    refusal = Refusal(FileRefusal.ROWS_DIFFER, {"expected": 7, "found": 6})
    verdicts = [
        ("usage", verdict("a", 10, accepted=9, rejected=1, reasons={RowReason.TYPE: 1})),
        ("month", verdict("b", 7, accepted=0, rejected=7, refusal=refusal)),
    ]

    receipt = build_receipt(manifest, verdicts, wording=lambda one: f"<{one.code}>")

    assert (receipt["rows"], receipt["accepted"], receipt["rejected"]) == (27, 9, 18)
    assert receipt["state"] == "partly"
    assert receipt["files"][0]["reasons"] == {"type": 1}
    assert receipt["files"][1]["refusal"] == {
        "code": "rows_differ",
        "expected": 7,
        "found": 6,
        "words": "<rows_differ>",
    }
    assert receipt["files"][2]["refusal"]["code"] == "wrong_city"
    assert json.loads(json.dumps(receipt)) == receipt


@pytest.mark.parametrize(
    ("content", "verdicts", "state"),
    [
        (f"{HEADER}\n{LINE}\n", [("usage", verdict("a", 10))], "accepted"),
        ("nonsense", [], "refused"),
        (f"{HEADER}\n{LINE}\n", [("usage", verdict("a", 1, refusal=Refusal("x")))], "refused"),
    ],
)
def test_a_receipt_tells_accepted_from_refused(content, verdicts, state) -> None:
    assert build_receipt(read_raw(content.encode()), verdicts)["state"] == state


def test_answers_are_named_after_the_delivery() -> None:
    ours, theirs = read(LINE).announcement, read_verf(b"x").announcement

    assert receipt_name(ours) == "receipt_01_20260301_00.json"
    assert rejected_name(ours, "usage") == "rejected_usage_01_20260301_00.csv"
    assert receipt_name(theirs) == "receipt_01_20260301_s_13100_20260301_02053_00.json"
