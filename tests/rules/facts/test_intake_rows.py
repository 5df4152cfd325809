"""Every reason for which a row is rejected, in its order, with its line, detail and raw text."""

import gzip

import pytest
from tests.factories.deliveries import month, subscriber, usage
from tests.factories.intakes import Bench

from dakehu.facts.intake import Layout, RowReason
from dakehu.facts.interfaces import INTERFACES

USAGE_CASES = [
    ({"voice_onnet_s": "1.5"}, "type", "voice_onnet_s"),
    ({"voice_onnet_s": " 7"}, "type", "voice_onnet_s"),
    ({"voice_onnet_s": "7 "}, "type", "voice_onnet_s"),
    ({"voice_onnet_s": "+7"}, "type", "voice_onnet_s"),
    ({"out_calls": "1e3"}, "type", "out_calls"),
    ({"out_calls": "1E3"}, "type", "out_calls"),
    ({"out_calls": "1_000"}, "type", "out_calls"),
    ({"out_calls": "0x1F"}, "type", "out_calls"),
    ({"out_calls": "0b11"}, "type", "out_calls"),
    ({"out_calls": "abc"}, "type", "out_calls"),
    ({"out_calls": "5-3"}, "type", "out_calls"),
    ({"out_calls": "--5"}, "type", "out_calls"),
    ({"out_calls": "-"}, "type", "out_calls"),
    ({"out_calls": "NULL"}, "type", "out_calls"),
    ({"out_calls": "true"}, "type", "out_calls"),
    ({"out_calls": "７"}, "type", "out_calls"),
    ({"data_kb": "9223372036854775808"}, "type", "data_kb"),
    ({"day": "2026-3-1"}, "type", "day"),
    ({"day": "2026/03/01"}, "type", "day"),
    ({"day": "20260301"}, "type", "day"),
    ({"day": "02026-03-01"}, "type", "day"),
    ({"day": "2026-02-29"}, "type", "day"),
    ({"day": "2026-03-01 00:00:00"}, "type", "day"),
    ({"day": ""}, "type", "day"),
    ({"sub_id": ""}, "type", "sub_id"),
    ({"day": "2026-03-02"}, "wrong_day", "day"),
    ({"city_id": "02"}, "wrong_city", "city_id"),
    ({"city_id": "1"}, "wrong_city", "city_id"),
    ({"city_id": ""}, "wrong_city", "city_id"),
    ({"balance_fen": -1}, "negative", "balance_fen"),
    ({"balance_fen": "-99999999999999999999"}, "negative", "balance_fen"),
    ({"voice_toll_s": 86401}, "too_large", "voice_toll_s"),
    ({"voice_toll_s": "99999999999999999999"}, "too_large", "voice_toll_s"),
    ({"status": 2}, "bad_status", "status"),
    ({"status": 5}, "bad_status", "status"),
    ({"sub_id": "S9"}, "unknown_subscriber", "sub_id"),
    ({"sub_id": "S1"}, "duplicate", "sub_id"),
    # The first reason that applies, where several do.
    ({"out_calls": "x", "day": "2026-03-02"}, "type", "out_calls"),
    ({"day": "2026-03-02", "city_id": "02"}, "wrong_day", "day"),
    ({"city_id": "02", "balance_fen": -1}, "wrong_city", "city_id"),
    ({"balance_fen": -1, "voice_toll_s": 86401}, "negative", "balance_fen"),
    ({"voice_toll_s": 86401, "status": 2}, "too_large", "voice_toll_s"),
    ({"status": 2, "sub_id": "S9"}, "bad_status", "status"),
    ({"sub_id": "S1", "status": 2}, "bad_status", "status"),
]


@pytest.mark.parametrize(
    ("changes", "reason", "detail"),
    USAGE_CASES,
    ids=[f"{'+'.join(f'{k}={v}' for k, v in case[0].items())}" for case in USAGE_CASES],
)
def test_a_wrong_usage_row_is_rejected_with_its_first_reason(
    tmp_path, changes, reason, detail
) -> None:
    bench = Bench(tmp_path)
    rows = [usage("S1"), usage("S2") | changes, usage("S3")]

    outcome = bench.take_in(bench.csv(rows), known=bench.known(["S1"], ["S2", "S3"]))

    assert outcome.reasons == [(3, reason, detail)]
    assert outcome.verdict.files[0].reasons == {RowReason(reason): 1}
    assert (outcome.verdict.accepted, outcome.verdict.rejected) == (2, 1)
    assert outcome.stored("managed", "sub_id") == [("S1",)]
    assert outcome.stored("rest", "sub_id") == [("S3",)]


@pytest.mark.parametrize(
    "changes",
    [
        {"voice_onnet_s": 86400},
        {"voice_onnet_s": "007"},
        {"out_calls": "0000000000000000000000000000000000000007"},
        {"voice_onnet_s": "-0"},
        {"voice_onnet_s": ""},
        {"status": ""},
        {"plan_id": ""},
        {"plan_id": "全球通"},
        {"plan_id": "G 0E1_x.y+z"},
        {"plan_id": '"quoted, with comma"'},
        {"data_kb": "9223372036854775807"},
        {"data_kb": '"7"'},
        *({"status": status} for status in (0, 1, 3, 4)),
    ],
)
def test_an_unusual_but_right_usage_row_is_accepted(tmp_path, changes) -> None:
    bench = Bench(tmp_path)

    outcome = bench.take_in(bench.csv([usage("S1"), usage("S2") | changes]))

    assert outcome.reasons == []
    assert outcome.verdict.accepted == 2


def test_too_few_and_too_many_fields_and_empty_lines_are_wrong_columns(tmp_path) -> None:
    bench = Bench(tmp_path)
    good = bench.plain([usage("S1")]).split(b"\n")[1]
    short, long = good.rpartition(b",")[0], good + b",1"

    outcome = bench.take_in(bench.csv([good, short, "", long, b"nothing like it"]))

    assert outcome.reasons == [
        (3, "columns", "28 ≠ 29"),
        (4, "columns", "1 ≠ 29"),
        (5, "columns", "30 ≠ 29"),
        (6, "columns", "1 ≠ 29"),
    ]
    assert [row["raw"] for row in outcome.rejected] == [
        short.decode(),
        "",
        long.decode(),
        "nothing like it",
    ]


def test_field_counts_that_cancel_out_are_noticed(tmp_path) -> None:
    bench = Bench(tmp_path)
    good = bench.plain([usage("S1")]).split(b"\n")[1]

    outcome = bench.take_in(
        bench.csv([good.rpartition(b",")[0], usage("S2"), good + b",1", usage("S3")])
    )

    assert [line for line, _, _ in outcome.reasons] == [2, 4]
    assert outcome.stored("rest", "sub_id") == [("S2",), ("S3",)]


def test_rows_the_engine_cannot_read_keep_their_lines_and_those_behind_theirs(tmp_path) -> None:
    bench = Bench(tmp_path)
    rows = [usage(f"S{number:03d}") for number in range(60)]
    # Words where numbers belong pass the look at bytes; the engine stumbles over them.
    for number in (10, 11, 40):
        rows[number]["in_calls"] = "many"
    rows[50]["balance_fen"] = -5
    rows[59]["voice_onnet_s"] = "99999999999999999999"

    outcome = bench.take_in(bench.csv(rows))

    assert outcome.reasons == [
        (12, "type", "in_calls"),
        (13, "type", "in_calls"),
        (42, "type", "in_calls"),
        (52, "negative", "balance_fen"),
        (61, "too_large", "voice_onnet_s"),
    ]
    assert outcome.verdict.accepted == 55


def test_the_first_good_row_of_a_key_is_kept(tmp_path) -> None:
    bench = Bench(tmp_path)
    first = bench.csv([usage("S1", status=9), usage("S1", out_calls=1)], name="a.csv.gz")
    second = bench.csv([usage("S1", out_calls=2), usage("S2")], name="b.csv.gz")

    outcome = bench.take_in(first, second)

    assert [(row["file"], row["line"], row["reason"]) for row in outcome.rejected] == [
        ("a.csv.gz", "2", "bad_status"),
        ("b.csv.gz", "2", "duplicate"),
    ]
    assert outcome.stored("rest", "sub_id, out_calls") == [("S1", 1), ("S2", 5)]


def test_rows_of_refused_files_do_not_count_as_seen(tmp_path) -> None:
    bench = Bench(tmp_path)
    refused = bench.csv([usage("S1"), usage("S2", status=9)], name="a.csv.gz")
    sound = bench.csv([usage("S1"), usage("S2")], name="b.csv.gz")

    outcome = bench.take_in(refused, sound, percent=5)

    first, second = outcome.verdict.files
    assert first.refusal is not None
    assert first.refusal.code == "too_many_rejected"
    assert (first.accepted, first.rejected, first.reasons) == (0, 2, {RowReason.BAD_STATUS: 1})
    assert (second.accepted, second.reasons, second.refusal) == (2, {}, None)


def test_a_file_that_repeats_another_is_refused_and_the_next_one_is_not_held_to_it(
    tmp_path,
) -> None:
    bench = Bench(tmp_path)
    files = [
        bench.csv([usage("S1"), usage("S2")], name="a.csv.gz"),
        bench.csv([usage("S1"), usage("S3")], name="b.csv.gz"),
        bench.csv([usage("S3"), usage("S4")], name="c.csv.gz"),
    ]

    outcome = bench.take_in(*files, percent=5)

    assert [file.accepted for file in outcome.verdict.files] == [2, 0, 2]
    assert outcome.verdict.files[1].reasons == {RowReason.DUPLICATE: 1}
    assert [(row["file"], row["line"]) for row in outcome.rejected] == [("b.csv.gz", "2")]
    assert outcome.stored("rest", "sub_id") == [("S1",), ("S2",), ("S3",), ("S4",)]


def test_usage_is_kept_apart_by_managed_and_sorted(tmp_path) -> None:
    bench = Bench(tmp_path)
    rows = [usage(name) for name in ("S5", "S3", "S1", "S4", "S2")]

    outcome = bench.take_in(bench.csv(rows), known=bench.known(["S4", "S2"], ["S1", "S3", "S5"]))

    assert outcome.verdict.parts == {"managed": 2, "rest": 3}
    assert outcome.stored("managed", "sub_id") == [("S2",), ("S4",)]
    assert outcome.stored("rest", "sub_id") == [("S1",), ("S3",), ("S5",)]


def test_without_knowledge_of_subscribers_nobody_is_unknown_and_nobody_managed(tmp_path) -> None:
    bench = Bench(tmp_path)

    outcome = bench.take_in(bench.csv([usage("S1")]), known=None)

    assert outcome.verdict.parts == {"managed": 0, "rest": 1}


def test_with_no_subscriber_known_everybody_is_unknown(tmp_path) -> None:
    bench = Bench(tmp_path)

    outcome = bench.take_in(bench.csv([usage("S1")]), known=bench.known())

    assert outcome.reasons == [(2, "unknown_subscriber", "sub_id")]
    assert outcome.verdict.delivered


SUBSCRIBER_CASES = [
    ({"birth_date": "1980-7-15"}, "type", "birth_date"),
    ({"birth_date": "infinity"}, "type", "birth_date"),
    ({"contract_end": "2026-02-30"}, "type", "contract_end"),
    ({"level": "1.0"}, "type", "level"),
    ({"level": " 1"}, "type", "level"),
    ({"credit_limit_fen": "99999999999999999999"}, "type", "credit_limit_fen"),
    ({"credit_limit_fen": "-99999999999999999999"}, "negative", "credit_limit_fen"),
    ({"sub_id": ""}, "type", "sub_id"),
    ({"city_id": "02"}, "wrong_city", "city_id"),
    ({"level": -1}, "negative", "level"),
    ({"status": 7}, "bad_status", "status"),
    ({"sub_id": "S1"}, "duplicate", "sub_id"),
]


@pytest.mark.parametrize(("changes", "reason", "detail"), SUBSCRIBER_CASES)
def test_a_wrong_subscriber_row_is_rejected_with_its_first_reason(
    tmp_path, changes, reason, detail
) -> None:
    bench = Bench(tmp_path, "subscriber")

    outcome = bench.take_in(
        bench.csv([subscriber("S1"), subscriber("S2") | changes, subscriber("S3")])
    )

    assert outcome.reasons == [(3, reason, detail)]
    assert outcome.stored(columns="sub_id") == [("S1",), ("S3",)]


@pytest.mark.parametrize(
    ("ym", "is_right"),
    [
        ("202602", True),
        ("000101", True),
        ("202613", False),
        ("202600", False),
        ("000001", False),
        ("0202602", False),
        ("2026-02", False),
        ("", False),
        ("-20260", False),
    ],
)
def test_a_month_is_six_digits(tmp_path, ym, is_right) -> None:
    bench = Bench(tmp_path, "month")

    outcome = bench.take_in(bench.csv([month("S1", ym)]))

    assert outcome.reasons == ([] if is_right else [(2, "type", "ym")])


def test_months_of_unknown_subscribers_are_rejected(tmp_path) -> None:
    bench = Bench(tmp_path, "month")
    rows = [month("S1", 202601), month("S1", 202602), month("S9", 202602), month("S1", 202601)]

    outcome = bench.take_in(bench.csv(rows), known=bench.known(["S1"]))

    assert outcome.reasons == [(4, "unknown_subscriber", "sub_id"), (5, "duplicate", "sub_id")]
    assert outcome.stored(columns="sub_id, ym") == [("S1", 202601), ("S1", 202602)]


@pytest.mark.parametrize(
    ("at", "is_right"),
    [
        ("2026-03-01T09:30:00+08:00", True),
        ("2026-03-01T09:30:00.123Z", True),
        ("2026-03-01T09:30", True),
        ("", True),
        ("2026-03-01 09:30:00", False),
        ("2026-02-30T09:30:00", False),
        ("2026-03-01T24:00:00", False),
        ("2026-03-01T09:60:00", False),
        ("2026-03-01", False),
        ("yesterday", False),
    ],
)
def test_an_instant_is_iso_8601(tmp_path, at, is_right) -> None:
    bench = Bench(tmp_path, "service_log")

    outcome = bench.take_in(bench.csv([f"L1,M1,{at},subscriber,S1,visit,拜访"]))

    assert outcome.reasons == ([] if is_right else [(2, "type", "at")])


def test_a_product_may_be_held_twice_with_different_beginnings(tmp_path) -> None:
    bench = Bench(tmp_path, "subscription")
    rows = ["subscriber,S1,P,2026-01-01,", "subscriber,S1,P,2026-02-01,", "subscriber,S1,P,,"]

    outcome = bench.take_in(bench.csv([*rows, rows[2], "group,S1,P,,"]))

    assert outcome.reasons == [(5, "duplicate", "owner_no")]
    assert outcome.verdict.accepted == 4


def test_quoted_fields_keep_commas_quotes_and_line_ends(tmp_path) -> None:
    bench = Bench(tmp_path, "service_log")
    content = '"first, ""quoted""\nsecond\n\nfourth"'
    rows = [f"L1,M1,,subscriber,S1,visit,{content}", "L2,M1,,subscriber,S2,visit,short", "L3,M1"]

    outcome = bench.take_in(bench.csv(rows))

    assert outcome.stored(columns='log_no, "content"') == [
        ("L1", 'first, "quoted"\nsecond\n\nfourth'),
        ("L2", "short"),
    ]
    assert outcome.reasons == [(7, "columns", "2 ≠ 7")]


def test_a_rejected_record_of_several_lines_is_handed_back_whole(tmp_path) -> None:
    bench = Bench(tmp_path, "service_log")

    outcome = bench.take_in(
        bench.csv(['L1,M1,noon,subscriber,S1,visit,"one\ntwo"', "L2,M1,,subscriber,S2,visit,x"])
    )

    assert outcome.reasons == [(2, "type", "at")]
    assert outcome.rejected[0]["raw"] == 'L1,M1,noon,subscriber,S1,visit,"one\ntwo"'


@pytest.mark.parametrize("line", ['L1,M1,,subscriber,S1,visit,"x"y', 'L1,M1,,a,b,c,"x" '])
def test_text_behind_a_closing_quote_is_wrong_columns(tmp_path, line) -> None:
    bench = Bench(tmp_path, "service_log")

    outcome = bench.take_in(bench.csv([line, "L2,M1,,subscriber,S2,visit,x"]))

    assert outcome.reasons == [(2, "columns", '"')]


def test_a_quote_that_is_never_closed_costs_the_last_row(tmp_path) -> None:
    bench = Bench(tmp_path, "service_log")

    outcome = bench.take_in(bench.csv(["L1,M1,,a,b,c,d", 'L2,M1,,a,b,c,"d']))

    assert outcome.reasons == [(3, "columns", '"')]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_rare_characters_survive_both_encodings(tmp_path, encoding) -> None:
    bench = Bench(tmp_path, "subscriber")
    text = bench.plain([subscriber("S1", name="𠮷野家"), subscriber("S2", name="镕")]).decode()
    content = gzip.compress(text.encode(encoding))

    outcome = bench.take_in(bench.file(content, rows=2, encoding=encoding))

    assert outcome.stored(columns="name") == [("𠮷野家",), ("镕",)]


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (b"\xff\xfe", "utf-8"),
        (b"\xed\xa0\x80", "utf-8"),
        (b"\xc0\x80", "utf-8"),
        (b"\x81", "gb18030"),
    ],
)
def test_bytes_outside_the_encoding_cost_their_row_only(tmp_path, raw, encoding) -> None:
    bench = Bench(tmp_path, "subscriber")
    text = bench.plain([subscriber("S1", name="@@"), subscriber("S2", name="王")]).decode()
    content = gzip.compress(text.encode(encoding).replace(b"@@", raw))

    outcome = bench.take_in(bench.file(content, rows=2, encoding=encoding))

    assert outcome.reasons == [(2, "type", "name")]
    assert outcome.stored(columns="name") == [("王",)]


def test_a_nul_is_not_text(tmp_path) -> None:
    bench = Bench(tmp_path, "subscriber")

    outcome = bench.take_in(bench.csv([subscriber("S1", name="a\0b"), subscriber("S2")]))

    assert outcome.reasons == [(2, "type", "name")]


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("is_last_ended", [True, False])
def test_both_line_ends_and_an_unended_last_line_are_read(tmp_path, end, is_last_ended) -> None:
    bench = Bench(tmp_path)
    plain = bench.plain([usage("S1"), usage("S2", out_calls="x"), usage("S3")])
    content = plain.replace(b"\n", end)
    content = content if is_last_ended else content.removesuffix(end)

    outcome = bench.take_in(bench.file(gzip.compress(content), rows=3))

    assert outcome.reasons == [(3, "type", "out_calls")]
    assert outcome.verdict.accepted == 2


VERF = Layout(
    columns=INTERFACES["subscriber"].names,
    separator=b"\x80",
    quoting=False,
    header=False,
    compressed=False,
)


def verf_lines(*rows: dict[str, object]) -> bytes:
    names = INTERFACES["subscriber"].names
    lines = (b"\x80".join(str(row[name]).encode("gb18030") for name in names) for row in rows)
    return b"".join(line + b"\n" for line in lines)


def test_a_separator_byte_inside_a_character_is_rejected_and_never_shifts_fields(tmp_path) -> None:
    bench = Bench(tmp_path, "subscriber", layout=VERF)
    # The second byte of 亐 is 0x80 in GB18030.
    content = verf_lines(subscriber("S1", name="亐"), subscriber("S2", name="王"))

    outcome = bench.take_in(bench.file(content, rows=2, encoding="gb18030", sha256=None))

    assert "亐".encode("gb18030")[1] == 0x80
    assert outcome.reasons == [(1, "columns", "20 ≠ 19")]
    assert outcome.stored(columns="sub_id, name") == [("S2", "王")]


def test_quotes_and_commas_mean_nothing_where_there_is_no_quoting(tmp_path) -> None:
    bench = Bench(tmp_path, "subscriber", layout=VERF)
    content = verf_lines(subscriber("S1", name='王"'), subscriber("S2", name='"a,b"'))

    outcome = bench.take_in(bench.file(content, rows=2, encoding="gb18030", sha256=None))

    assert outcome.stored(columns="name") == [('王"',), ('"a,b"',)]


def test_an_empty_file_of_no_rows_is_delivered(tmp_path) -> None:
    bench = Bench(tmp_path, "subscriber", layout=VERF)

    outcome = bench.take_in(bench.file(b"", rows=0, encoding="gb18030", sha256=None))

    assert outcome.verdict.delivered
    assert (outcome.verdict.accepted, outcome.stored()) == (0, [])


def test_taking_in_twice_writes_the_same_and_fewer_rows_leave_no_old_part(tmp_path) -> None:
    bench = Bench(tmp_path)
    known = bench.known(["S1"], ["S2"])
    both = bench.csv([usage("S1"), usage("S2")], name="a.csv.gz")
    bench.take_in(both, known=known)
    again = bench.take_in(both, known=known)
    assert again.stored("managed", "sub_id") == [("S1",)]

    fewer = bench.take_in(bench.csv([usage("S2")], name="b.csv.gz"), known=known)

    assert fewer.stored("managed") == []
    assert sorted(path.name for path in fewer.folder.iterdir()) == ["d1-rest.parquet"]
    assert list((tmp_path / "scratch").iterdir()) == []
