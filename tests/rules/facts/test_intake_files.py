"""Every reason for which a file is refused whole; size, line numbers and memory of large files."""

import gzip
import hashlib
import json
import subprocess
import sys
import zlib

import pytest
from tests.factories.deliveries import subscriber, usage
from tests.factories.intakes import Bench

from dakehu.facts.intake import FileRefusal, Layout, RowReason
from dakehu.facts.intake import source as intake_source
from dakehu.facts.interfaces import INTERFACES


def refusal_of(outcome) -> tuple[str, dict[str, object]]:
    """The refusal of the only file, after the figures that hold for every refusal."""
    (file,) = outcome.verdict.files
    assert file.refusal is not None
    assert (file.accepted, file.rejected) == (0, file.rows)
    assert outcome.stored("rest") == []
    assert not outcome.verdict.delivered
    return (file.refusal.code, dict(file.refusal.parameters))


def test_a_file_that_is_not_there_is_missing(tmp_path) -> None:
    bench = Bench(tmp_path)
    file = bench.csv([usage("S1")])
    file.path.unlink()

    assert refusal_of(bench.take_in(file)) == (FileRefusal.MISSING, {})


def test_another_size_is_named(tmp_path) -> None:
    bench = Bench(tmp_path)
    file = bench.csv([usage("S1")], size=7)

    found = file.path.stat().st_size
    assert refusal_of(bench.take_in(file)) == (
        FileRefusal.SIZE_DIFFERS,
        {"expected": 7, "found": found},
    )


def test_another_checksum_is_named(tmp_path) -> None:
    bench = Bench(tmp_path)
    file = bench.csv([usage("S1")], sha256="0" * 64)

    code, parameters = refusal_of(bench.take_in(file))

    assert code == FileRefusal.SHA256_DIFFERS
    assert parameters["found"] == hashlib.sha256(file.path.read_bytes()).hexdigest()


def test_a_checksum_in_capitals_is_the_same(tmp_path) -> None:
    bench = Bench(tmp_path)
    file = bench.csv([usage("S1")])
    capital = bench.csv([usage("S1")], sha256=str(file.sha256).upper())

    assert bench.take_in(capital).verdict.delivered


BODY = gzip.compress(b"x" * 1000)


@pytest.mark.parametrize(
    "content",
    [b"", b"not gzip at all", BODY[:-9], BODY[:12], BODY + b"rubbish", BODY[:-8] + b"\0" * 8],
    ids=["empty", "plain", "cut", "cut early", "rubbish behind", "wrong crc"],
)
def test_broken_gzip_is_refused(tmp_path, content) -> None:
    bench = Bench(tmp_path)

    code, _ = refusal_of(bench.take_in(bench.file(content, rows=1)))

    # What can be read before the break may already show another header.
    assert code in (FileRefusal.GZIP_BROKEN, FileRefusal.HEADER_DIFFERS)


def test_a_cut_gzip_file_with_the_right_beginning_is_broken(tmp_path) -> None:
    bench = Bench(tmp_path)
    content = gzip.compress(bench.plain([usage(f"S{number}") for number in range(500)]))[:-20]

    code, _ = refusal_of(bench.take_in(bench.file(content, rows=500)))

    assert code == FileRefusal.GZIP_BROKEN


def test_a_damaged_file_is_told_by_its_checksum_first(tmp_path) -> None:
    bench = Bench(tmp_path)
    content = gzip.compress(bench.plain([usage("S1")]))[:-4]

    code, _ = refusal_of(bench.take_in(bench.file(content, rows=1, sha256="0" * 64)))

    assert code == FileRefusal.SHA256_DIFFERS


def test_several_gzip_members_and_padding_are_one_file(tmp_path) -> None:
    bench = Bench(tmp_path)
    plain = bench.plain([usage("S1"), usage("S2")])
    content = gzip.compress(plain[:100]) + gzip.compress(plain[100:]) + b"\0" * 512

    outcome = bench.take_in(bench.file(content, rows=2))

    assert outcome.verdict.accepted == 2


def test_a_zip_bomb_is_refused_before_it_unfolds(tmp_path) -> None:
    bench = Bench(tmp_path)
    engine = zlib.compressobj(9, zlib.DEFLATED, 31)
    line = b"x" * 999 + b"\n"
    content = engine.compress(bench.plain([])) + engine.compress(line * 100_000) + engine.flush()

    code, parameters = refusal_of(bench.take_in(bench.file(content, rows=10)))

    assert code == FileRefusal.TOO_LARGE
    assert parameters["limit"] == intake_source.plain_bound(INTERFACES["usage"], 10)


def test_an_endless_line_is_refused(tmp_path) -> None:
    bench = Bench(tmp_path)
    content = gzip.compress(bench.plain([]) + b"x" * (intake_source.LONGEST_LINE + 100_000))

    code, _ = refusal_of(bench.take_in(bench.file(content, rows=100_000)))

    assert code == FileRefusal.LINE_TOO_LONG


def test_a_quote_open_over_a_megabyte_is_refused(tmp_path) -> None:
    bench = Bench(tmp_path)
    lines = b'2026-03-01,"S1\n' + b"0123456789\n" * 110_000
    content = gzip.compress(bench.plain([]) + lines)

    code, _ = refusal_of(bench.take_in(bench.file(content, rows=110_001)))

    assert code == FileRefusal.LINE_TOO_LONG


@pytest.mark.parametrize(
    ("change", "column", "expected", "found"),
    [
        (lambda names: [*names, "extra"], 30, "", "extra"),
        (lambda names: names[:-1], 29, "imei_changed", ""),
        (lambda names: [names[1], names[0], *names[2:]], 1, "day", "sub_id"),
        (lambda names: ["Day", *names[1:]], 1, "day", "Day"),
        (lambda names: [*names[:4], " voice_onnet_s", *names[5:]], 5, "voice_onnet_s", None),
    ],
)
def test_another_header_is_named_by_its_first_difference(
    tmp_path, change, column, expected, found
) -> None:
    bench = Bench(tmp_path)
    names = list(INTERFACES["usage"].names)
    header, changed = ",".join(names).encode(), ",".join(change(names)).encode()
    content = gzip.compress(bench.plain([usage("S1")]).replace(header, changed))

    code, parameters = refusal_of(bench.take_in(bench.file(content, rows=1)))

    assert code == FileRefusal.HEADER_DIFFERS
    assert (parameters["column"], parameters["expected"]) == (column, expected)
    assert parameters["found"] == (" voice_onnet_s" if found is None else found)


def test_a_header_in_quotes_and_behind_a_byte_order_mark_is_the_same(tmp_path) -> None:
    bench = Bench(tmp_path)
    header = ",".join(INTERFACES["usage"].names).encode()
    quoted = ",".join(f'"{name}"' for name in INTERFACES["usage"].names).encode()
    plain = b"\xef\xbb\xbf" + bench.plain([usage("S1")]).replace(header, quoted)

    assert bench.take_in(bench.file(gzip.compress(plain), rows=1)).verdict.accepted == 1


def test_utf_16_has_another_header(tmp_path) -> None:
    bench = Bench(tmp_path)
    content = gzip.compress(bench.plain([usage("S1")]).decode().encode("utf-16"))

    code, _ = refusal_of(bench.take_in(bench.file(content, rows=1)))

    assert code == FileRefusal.HEADER_DIFFERS


@pytest.mark.parametrize("said", [0, 1, 3])
def test_another_number_of_rows_is_named(tmp_path, said) -> None:
    bench = Bench(tmp_path)
    file = bench.file(gzip.compress(bench.plain([usage("S1"), "bad"])), rows=said)

    assert refusal_of(bench.take_in(file)) == (
        FileRefusal.ROWS_DIFFER,
        {"expected": said, "found": 2},
    )


def test_a_header_without_rows_is_an_empty_delivery(tmp_path) -> None:
    bench = Bench(tmp_path)

    outcome = bench.take_in(bench.csv([]))

    assert outcome.verdict.delivered
    assert outcome.verdict.parts == {"managed": 0, "rest": 0}


@pytest.mark.parametrize(("wrong", "is_refused"), [(5, False), (6, True)])
@pytest.mark.parametrize("change", [{"status": 9}, {"out_calls": "1.5"}, {"out_calls": "x"}])
def test_more_than_five_in_a_hundred_refuse_the_file(tmp_path, wrong, is_refused, change) -> None:
    bench = Bench(tmp_path)
    rows = [usage(f"S{number:03d}", **(change if number < wrong else {})) for number in range(100)]

    outcome = bench.take_in(bench.csv(rows), percent=5)

    (file,) = outcome.verdict.files
    assert file.accepted == (0 if is_refused else 95)
    assert file.accepted + file.rejected == 100
    assert sum(file.reasons.values()) == wrong == len(outcome.rejected)
    if is_refused:
        assert file.refusal is not None
        assert file.refusal.parameters == {"rejected": 6, "rows": 100, "percent": 5}


def test_the_rest_of_a_delivery_goes_on(tmp_path) -> None:
    bench = Bench(tmp_path)
    files = [
        bench.csv([usage("S1")], name="a.csv.gz", sha256="0" * 64),
        bench.csv([usage("S2")], name="b.csv.gz"),
        bench.csv([usage("S3")], name="c.csv.gz", rows=5),
    ]

    outcome = bench.take_in(*files)

    codes = [file.refusal and file.refusal.code for file in outcome.verdict.files]
    assert codes == ["sha256_differs", None, "rows_differ"]
    assert outcome.stored("rest", "sub_id") == [("S2",)]


def test_a_file_of_many_blocks_keeps_lines_and_rows(tmp_path) -> None:
    bench = Bench(tmp_path)
    template = bench.plain([usage("S@")]).decode().split("\n")[1]
    lines = [template.replace("S@", f"S{number:08d}") for number in range(400_000)]
    for number in (7, 123_456, 250_000):
        lines[number] = lines[number].replace(",600,", ",many,")
    for number in (8, 222_222, 399_999):
        lines[number] = lines[number].replace(",600,", ",6e2,")
    for number in (9, 200_001, 399_998):
        lines[number] = lines[number].replace(",600,", ",-6,")

    outcome = bench.take_in(bench.csv(lines), percent=5)

    expected = [
        *((number + 2, "type") for number in (7, 8)),
        (11, "negative"),
        (123_458, "type"),
        (200_003, "negative"),
        (222_224, "type"),
        (250_002, "type"),
        (400_000, "negative"),
        (400_001, "type"),
    ]
    assert [(line, reason) for line, reason, _ in outcome.reasons] == expected
    for row in outcome.rejected:
        assert f"S{int(row['line']) - 2:08d}" in row["raw"]
    assert outcome.verdict.files[0].reasons == {RowReason.TYPE: 6, RowReason.NEGATIVE: 3}
    assert outcome.verdict.accepted == 400_000 - 9


def test_fields_of_several_lines_in_a_large_file_keep_rows_apart(tmp_path) -> None:
    bench = Bench(tmp_path, "service_log")
    note = '"' + "一二三\n" * 20 + '"'
    lines = [f"L{number:07d},M1,,subscriber,S{number},visit,{note}" for number in range(60_000)]
    lines[40_000] = lines[40_000].replace(",,subscriber", ",noon,subscriber")

    outcome = bench.take_in(bench.csv(lines), percent=5)

    assert outcome.verdict.accepted == 59_999
    assert outcome.reasons == [(2 + 40_000 * 21, "type", "at")]


def test_rows_of_another_separator_reach_the_same_end(tmp_path) -> None:
    names = INTERFACES["usage"].names
    for separator, encoding in ((b"|", "utf-8"), (b"\xe2\x82\xac", "utf-8"), (b"\x80", "gb18030")):
        layout = Layout(names, separator, quoting=False, header=False, compressed=False)
        folder = tmp_path / separator.hex()
        folder.mkdir()
        bench = Bench(folder, layout=layout)
        rows = [usage("S1"), usage("S2", plan_id="全球通"), usage("S3", out_calls="1.5")]
        content = b"".join(
            separator.join(str(row[name]).encode(encoding) for name in names) + b"\r\n"
            for row in rows
        )

        outcome = bench.take_in(bench.file(content, rows=3, encoding=encoding, sha256=None))

        assert outcome.reasons == [(3, "type", "out_calls")]
        assert outcome.stored("rest", "sub_id, plan_id") == [("S1", "P1"), ("S2", "全球通")]


def test_a_column_order_of_its_own_is_brought_into_the_contracts(tmp_path) -> None:
    names = INTERFACES["subscriber"].names
    layout = Layout(tuple(reversed(names)))
    bench = Bench(tmp_path, "subscriber", layout=layout)
    row = subscriber("S1")
    text = ",".join(layout.columns) + "\n" + ",".join(str(row[name]) for name in layout.columns)

    outcome = bench.take_in(bench.file(gzip.compress(text.encode()), rows=1))

    assert outcome.stored(columns="sub_id, managed, city_id") == [("S1", 1, "01")]


def test_the_stored_types_are_those_of_the_contract(tmp_path) -> None:
    import duckdb

    bench = Bench(tmp_path)
    outcome = bench.take_in(bench.csv([usage("S1")]))
    path = outcome.folder / "d1-rest.parquet"

    described = duckdb.connect().execute(f"DESCRIBE SELECT * FROM '{path}'").fetchall()

    assert [(name, kind) for name, kind, *_ in described] == [
        (column.name, column.sql_type) for column in INTERFACES["usage"].columns
    ]


def peak_of(folder, *, rows: int) -> int:
    """The peak memory in kB of a process that takes in a file of so many rows."""
    bench = Bench(folder)
    template = bench.plain([usage("S@")]).decode().splitlines()[1]
    path = folder / f"usage-{rows}.csv.gz"
    with gzip.open(path, "wt", compresslevel=1, encoding="utf-8") as out:
        out.write(bench.plain([]).decode())
        for number in range(rows):
            out.write(template.replace("S@", f"S{number:08d}") + "\n")
    command = [sys.executable, "-m", "tests.factories.intake_driver", path, str(rows), "96MB"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    told = json.loads(done.stdout)
    assert told["accepted"] == rows
    return int(told["peak_kb"])


def test_memory_does_not_grow_with_the_file(tmp_path) -> None:
    small, large = (peak_of(tmp_path, rows=rows) for rows in (200_000, 800_000))

    # The larger file has 60 MB more of text, and 130 MB more of values.
    assert large - small < 40_000


def test_prose_that_is_larger_than_the_engines_memory_is_taken(tmp_path) -> None:
    bench = Bench(tmp_path, "service_log")
    prose = "已与客户约定回访时间，" * 240
    lines = [f"L{at:07d},M1,,subscriber,S{at},visit,{at}{prose}" for at in range(24_000)]
    lines[7_000] = lines[7_000].replace(",,subscriber", ",noon,subscriber")

    outcome = bench.take_in(bench.csv(lines), percent=5, memory="160MB")

    assert (outcome.verdict.accepted, outcome.reasons) == (23_999, [(7_002, "type", "at")])
    stored = outcome.stored(columns="log_no, length(content)")
    assert stored[0] == ("L0000000", 1 + len(prose))
    assert len(stored) == 23_999
