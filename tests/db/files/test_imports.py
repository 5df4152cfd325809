"""An import of a spreadsheet: read, checked, applied, undone; and what it refuses with a cure."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories.customers import CustomerFactory
from tests.factories.imports import Importer, complaints, counts
from tests.factories.sheets import text, workbook

from dakehu.customers.models import Contact, PersonProfile
from dakehu.files.errors import UnableToImportFile
from dakehu.files.jobs import imports as jobs
from dakehu.files.models import ImportRow, ImportRun
from dakehu.files.operations import importing
from dakehu.people.models import Staff

HEADS = ("Number", "Occupation", "Hobbies", "E-mail", "Note")
OWN = "01S00000101"


def profile(customer) -> PersonProfile:
    return PersonProfile.objects.get(customer=customer)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_files_come_in_whatever_their_encoding(importer, customers, encoding):
    run = importer.bring_in(
        "individuals", text([HEADS, (OWN, "教师", "龘龖", "", "")], encoding=encoding)
    )

    assert counts(run) == (0, 1, 0, 0)
    assert profile(customers.own).hobbies == "龘龖"


def test_headings_are_known_in_both_languages_and_whatever_stands_above_them(importer, customers):
    rows = [
        ("个人客户",),
        ("Exported by somebody",),
        (),
        ("客户编号", "Occupation *"),
        (OWN, "教师"),
    ]

    run = importer.start("individuals", workbook(rows))

    assert run.head["line"] == 4
    assert run.mapping == {"客户编号": "number", "Occupation *": "occupation"}


def test_what_a_person_chose_for_a_heading_is_remembered(importer, customers, administrator):
    file = workbook([("用户号", "干啥的"), (OWN, "教师")])
    importer.check("individuals", file, number="用户号", occupation="干啥的")

    again = importer.start("individuals", file)

    assert again.mapping == {"用户号": "number", "干啥的": "occupation"}


def test_the_counts_add_up_to_the_rows(importer, customers):
    rows = [
        HEADS,
        (OWN, "教师", "", "", ""),
        (),
        ("01S00000102", "", "", "", ""),
        ("nobody", "教师", "", "", ""),
        (OWN, "医生", "", "", ""),
    ]

    run = importer.check("individuals", workbook(rows))

    assert counts(run) == (0, 1, 1, 2)
    assert run.rows == sum(counts(run))
    assert complaints(run) == {
        5: [("number", "there is no such record within your reach. Check the number or the name")],
        6: [("", "the same as line 2 of this file. Keep one of the two")],
    }


def test_nothing_is_written_before_somebody_confirms(importer, customers):
    importer.check("individuals", workbook([HEADS, (OWN, "教师", "", "", "")]))

    assert not PersonProfile.objects.exists()


def test_importing_the_same_file_twice_changes_nothing(importer, customers):
    file = workbook([HEADS, (OWN, "教师", "钓鱼", "a@b.cn", "=1+1")])
    importer.bring_in("individuals", file)
    version = profile(customers.own).version

    run = importer.check("individuals", file)

    assert counts(run) == (0, 0, 1, 0)
    assert profile(customers.own).version == version


def test_formula_strings_and_tags_stay_the_texts_they_are(importer, customers):
    wild = '=HYPERLINK("http://example.com")<script>alert(1)</script>'
    run = importer.bring_in("individuals", text([HEADS, (OWN, wild, "@SUM(A1)", "", "")]))

    assert counts(run) == (0, 1, 0, 0)
    assert profile(customers.own).occupation == wild
    assert profile(customers.own).hobbies == "@SUM(A1)"


def test_formulas_errors_and_merged_cells_are_refused_where_they_stand(importer, customers):
    def fill(book, sheet):
        sheet.write_formula(1, 1, '="教"&"师"', None, "教师")
        sheet.merge_range(2, 2, 3, 2, "钓鱼")

    rows = [HEADS, (OWN,), ("01S00000102",), ("02S00000103",)]
    run = importer.check("individuals", workbook(rows, fill=fill))

    assert counts(run) == (0, 0, 0, 3)
    assert [field for line in complaints(run).values() for field, _words in line] == [
        "occupation",
        "hobbies",
        "hobbies",
    ]
    assert "paste it as values" in complaints(run)[2][0][1]
    assert "Unmerge" in complaints(run)[3][0][1]


def test_numbers_of_eighteen_digits_that_excel_has_rounded_are_refused(importer, customers):
    heads = ("Staff number", "User name", "Name", "Role", "Unit", "Identity number")
    rows = [
        heads,
        ("1", "one", "甲", "Account manager", "01", 110101199003074514),
        ("2", "two", "乙", "Account manager", "01", "1.10101E+17"),
        ("3", "three", "丙", "Account manager", "01", "110101199003074514"),
        ("4", "four", "丁", "Account manager", "01", "11010119900307451X"),
    ]

    run = importer.check("staff", workbook(rows))

    assert counts(run) == (1, 0, 0, 3)
    assert "15 digits" in complaints(run)[2][0][1]
    assert "shortened" in complaints(run)[3][0][1]
    assert "cannot be right" in complaints(run)[5][0][1]


def test_another_template_tells_what_is_missing(importer, customers):
    run = importer.start("individuals", workbook([("Ort", "Straße"), ("x", "y")]))

    assert run.mapping == {}
    with pytest.raises(UnableToImportFile, match="needed: Number"):
        jobs.check_columns(run, mapping={}, mode="BOTH", by=importer.by, at=importer.at)


def test_a_heading_that_stands_twice_is_refused(importer, customers):
    run = importer.start(
        "individuals", workbook([("Number", "Hobbies", "Hobbies"), (OWN, "a", "b")])
    )

    with pytest.raises(UnableToImportFile, match="more than once: Hobbies"):
        jobs.check_columns(run, mapping=run.mapping, mode="BOTH", by=importer.by, at=importer.at)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"%PDF-1.4", "no spreadsheet"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 100, "old workbook"),
        (b"<html><table>", "web page"),
        (b"PK\x03\x04zzz", "damaged"),
    ],
)
def test_what_is_no_spreadsheet_is_refused_in_words(importer, home, content, words):
    with pytest.raises(UnableToImportFile, match=words):
        importer.start("individuals", content)

    assert list((home / "media" / "imports").iterdir()) == []


def test_a_file_that_is_too_large_is_refused(importer, settings):
    settings.IMPORT_MAX_MB = 1

    with pytest.raises(UnableToImportFile, match="larger than 1 MB"):
        importer.start("individuals", b"x" * 1_000_001)


def test_a_file_with_too_many_rows_fails_with_its_cure(importer, customers, settings):
    run = importer.start("individuals", text([HEADS, *[(OWN,)] * 200]))
    settings.IMPORT_ROW_CAP = 100

    jobs.check_columns(run, mapping=run.mapping, mode="BOTH", by=importer.by, at=importer.at)
    importer.done(run)

    assert run.state == "FAILED"
    assert "too many rows" in run.error


def test_modes_keep_to_what_they_say(importer, customers):
    heads = ("Customer number", "Name", "Role")
    importer.bring_in("contacts", workbook([heads, ("01G000105", "李明", "Contact")]))
    rows = [heads, ("01G000105", "李明", "Unit leader"), ("01G000105", "王红", "Contact")]

    only_new = importer.check("contacts", workbook(rows), mode="CREATE")
    only_known = importer.check("contacts", workbook(rows), mode="UPDATE")

    assert counts(only_new) == (1, 0, 0, 1)
    assert counts(only_known) == (0, 1, 0, 1)


def test_an_empty_cell_leaves_and_a_word_clears(importer, customers):
    importer.bring_in("individuals", workbook([HEADS, (OWN, "教师", "钓鱼", "", "")]))

    importer.bring_in("individuals", workbook([HEADS, (OWN, "", "（清空）", "", "x")]))

    assert profile(customers.own).occupation == "教师"
    assert profile(customers.own).hobbies == ""


def test_a_masked_value_leaves_and_a_strange_one_is_refused(importer, customers):
    importer.bring_in("individuals", workbook([HEADS, (OWN, "", "", "zhang@example.com", "")]))

    run = importer.check(
        "individuals",
        workbook(
            [
                HEADS,
                (OWN, "", "", "z****@example.com", ""),
                ("01S00000102", "", "", "q***@x.cn", ""),
            ]
        ),
    )

    assert counts(run) == (0, 0, 1, 1)
    assert "is masked" in complaints(run)[3][0][1]


def test_undoing_gives_the_values_before_back(importer, customers):
    importer.bring_in("individuals", workbook([HEADS, (OWN, "教师", "钓鱼", "", "")]))
    rows = [HEADS, (OWN, "医生", "（清空）", "", ""), ("nobody", "", "", "", "")]
    run = importer.bring_in("individuals", workbook(rows))

    importer.undo(run)

    assert (profile(customers.own).occupation, profile(customers.own).hobbies) == ("教师", "钓鱼")
    assert (run.state, counts(run), run.rows) == ("UNDONE", (0, 1, 0, 1), 2)


def test_a_row_changed_meanwhile_is_left_as_it_is(importer, customers):
    run = importer.bring_in("individuals", workbook([HEADS, (OWN, "医生", "", "", "")]))
    PersonProfile.objects.update(occupation="律师", version=9)

    importer.undo(run)

    assert profile(customers.own).occupation == "律师"
    words = "changed since the import, so it is left as it is"
    assert complaints(run) == {2: [("occupation", words)]}


def test_an_undone_import_can_be_applied_from_its_file_again(importer, customers):
    file = workbook([("Customer number", "Name", "Role"), ("01G000105", "李明", "Contact")])
    importer.undo(importer.bring_in("contacts", file))

    run = importer.bring_in("contacts", file)

    assert counts(run) == (1, 0, 0, 0)
    assert Contact.objects.filter(removed_at=None).count() == 1


def test_rejected_rows_come_back_corrected(importer, customers):
    from dakehu.files.pages.imports import rejected_book

    rows = [HEADS, ("wrong", "教师", "", "", ""), ("01S00000102", "医生", "", "", "")]
    run = importer.bring_in("individuals", workbook(rows))
    name, content, count = rejected_book(importer.by, run.pk)
    with content:
        again = importer.start("individuals", content.read())

    assert (name, count) == ("file-rejected.xlsx", 1)
    assert again.head["samples"] == [
        ["wrong", "教师", "", "", "", "数据 2", again.head["samples"][0][6]]
    ]
    assert again.mapping == dict(
        zip(HEADS, ("number", "occupation", "hobbies", "email", "note"), strict=True)
    )


def test_what_was_broken_off_goes_on_where_it_stood(importer, customers, monkeypatch):
    from dakehu.files.operations.importing import applying

    monkeypatch.setattr(applying, "CHUNK", 2)
    people = [CustomerFactory(manager=None, unit=customers.own.unit) for _number in range(5)]
    run = importer.check(
        "individuals", workbook([HEADS, *[(each.number, "教师") for each in people]])
    )
    importing.begin_applying(run, by=importer.by, at=importer.at)
    run.refresh_from_db()
    importing.apply_chunk(run, at=importer.at)

    jobs.apply_import.call(run.pk)

    run.refresh_from_db()
    assert (run.state, counts(run)) == ("APPLIED", (0, 5, 0, 0))
    assert PersonProfile.objects.filter(occupation="教师", version=1).count() == 5


def test_rows_that_somebody_else_has_in_hand_are_left_to_them(importer, customers):
    from dakehu.files.operations.importing.applying import ClaimedElsewhere, claim

    run = importer.check("individuals", workbook([HEADS, (OWN, "教师", "", "", "")]))
    rows = list(ImportRow.objects.filter(run=run))
    ImportRow.objects.update(is_applied=True)

    with pytest.raises(ClaimedElsewhere):
        claim(rows, is_applied=True)


def test_a_right_withdrawn_meanwhile_stops_the_work_in_words(importer, customers):
    run = importer.check("individuals", workbook([HEADS, (OWN, "教师", "", "", "")]))
    Staff.objects.filter(pk=importer.by.pk).update(role="ACCOUNT_MANAGER")
    importing.begin_applying(run, by=Staff.objects.get(username="supervisor"), at=importer.at)

    jobs.apply_import.call(run.pk)

    run.refresh_from_db()
    assert run.state == "APPLYING"
    assert "withdrawn" in run.error
    assert not PersonProfile.objects.exists()


def test_a_step_cannot_be_taken_twice(importer, customers):
    run = importer.bring_in("individuals", workbook([HEADS, (OWN, "教师", "", "", "")]))

    with pytest.raises(UnableToImportFile, match="past that step"):
        jobs.start_applying(run, by=importer.by, at=importer.at)
    with pytest.raises(UnableToImportFile, match="no longer be dropped"):
        importing.drop_import(run, by=importer.by, at=importer.at)


def test_who_may_not_import_is_refused(home, manager, at, finish_work):
    with pytest.raises(PermissionDenied):
        Importer(manager, at, finish_work).start("individuals", workbook([HEADS]))


def test_the_template_comes_back_without_its_example(importer, customers):
    from dakehu.ui.imports import screen_of
    from dakehu.ui.imports.workbooks import template_of

    for name in ("individuals", "contacts", "prospects", "market-notes", "staff", "groups"):
        screen = screen_of(name)
        with template_of(screen) as file:
            run = importer.start(name, file.read())
        fields = {each.name for each in screen.all_fields() if not each.locked}
        assert set(run.mapping.values()) == fields
        jobs.check_columns(run, mapping=run.mapping, mode="BOTH", by=importer.by, at=importer.at)
        importer.done(run)
        assert (run.state, run.rows) == ("CHECKED", 0), name


def test_old_imports_keep_their_counts_and_lose_their_rows(
    importer, customers, home, django_capture_on_commit_callbacks
):
    run = importer.bring_in("individuals", workbook([HEADS, (OWN, "教师", "", "", "")]))
    waiting = importer.start("individuals", workbook([HEADS]))

    with django_capture_on_commit_callbacks(execute=True):
        importing.forget_imports(before=importer.at + timedelta(days=1))

    run.refresh_from_db()
    waiting.refresh_from_db()
    assert (counts(run), run.state, waiting.state) == ((0, 1, 0, 0), "APPLIED", "DROPPED")
    assert not ImportRow.objects.exists()
    assert list((home / "media" / "imports").iterdir()) == []
    assert ImportRun.objects.count() == 2
