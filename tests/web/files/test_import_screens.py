"""Imports on screen: the upload, the columns, the result, the steps, and everybody who may not."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests.factories.imports import Importer, start_import
from tests.factories.sheets import workbook

from dakehu.audit.models import Access
from dakehu.files.models import ImportRun

pytestmark = pytest.mark.django_db
HEADS = ("Number", "Hobbies", "E-mail")
OWN = "01S00000101"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def in_english(settings, home):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def browser(sign_in, supervisor):
    return sign_in(supervisor)


@pytest.fixture
def importer(supervisor, finish_work, english):
    return Importer(supervisor, timezone.now() - timedelta(minutes=5), finish_work)


def upload(browser, content, name="individuals"):
    file = SimpleUploadedFile("客户.xlsx", content)
    return browser.post(f"/files/imports/new/{name}/", {"file": file})


def page(browser, run, query="", **options):
    return browser.get(f"/files/imports/{run.pk}/{query}", **options)


def test_a_file_goes_from_upload_to_applied(browser, customers, finish_work):
    answer = upload(browser, workbook([HEADS, (OWN, "钓鱼", "")]))
    run = ImportRun.objects.get()
    assert answer["Location"] == f"/files/imports/{run.pk}/"
    columns = page(browser, run).content.decode()
    assert "Which column means what" in columns

    form = {"column_0": "number", "column_1": "hobbies", "column_2": ""}
    browser.post(f"/files/imports/{run.pk}/columns/", form)
    finish_work()
    checked = page(browser, run).content.decode()
    assert "1 rows would be written, 0 are rejected" in checked

    browser.post(f"/files/imports/{run.pk}/apply/")
    finish_work()
    applied = page(browser, run).content.decode()
    assert "Undo this import" in applied
    assert customers.own.person.hobbies == "钓鱼"


def test_the_page_of_work_on_its_way_asks_again_and_the_finished_one_does_not(
    browser, importer, customers
):
    run = importer.check("individuals", workbook([HEADS, (OWN, "钓鱼", "")]))
    ImportRun.objects.update(state="APPLYING", rows=4, done=1)
    busy = page(browser, run, headers=HTMX).content.decode()
    ImportRun.objects.update(state="CHECKED")
    done = page(browser, run, headers=HTMX).content.decode()

    assert 'hx-trigger="every 2s"' in busy
    assert "1 of 4 rows, 25 %" in busy
    assert "<html" not in busy
    assert "hx-trigger" not in done


def test_a_file_that_cannot_be_read_says_so_beside_its_field(browser):
    answer = upload(browser, b"%PDF-1.7 no table")

    assert answer.status_code == 422
    assert "This is no spreadsheet" in answer.content.decode()


def test_another_template_is_told_with_its_title(browser, customers):
    upload(browser, workbook([("Ort", "Weg"), ("x", "y")]))
    run = ImportRun.objects.get()

    shown = page(browser, run).content.decode()
    refused = browser.post(f"/files/imports/{run.pk}/columns/", {"column_0": ""})

    assert "None of the headings is known" in shown
    assert refused.status_code == 422
    assert "which is needed: Number" in refused.content.decode()


def test_rejected_rows_are_shown_with_place_and_cure_and_personal_values_masked(
    browser, importer, customers
):
    importer.bring_in("individuals", workbook([HEADS, (OWN, "", "zhang@example.com")]))
    rows = [HEADS, (OWN, "x" * 300, "<b>nonsense</b>"), ("nobody", "", "")]
    run = importer.check("individuals", workbook(rows))

    shown = page(browser, run).content.decode()

    assert "数据!B2 Hobbies" in shown
    assert "at most 200 characters fit" in shown
    assert "This is no e-mail address." in shown
    assert "nonsense" not in shown
    assert "数据!A3 Number" in shown


def test_what_changes_is_shown_before_it_is_confirmed(browser, importer, customers):
    importer.bring_in("individuals", workbook([HEADS, (OWN, "钓鱼", "zhang@example.com")]))
    run = importer.check("individuals", workbook([HEADS, (OWN, "下棋", "wang@example.com")]))

    shown = page(browser, run, "?verdict=UPDATE").content.decode()

    assert "<del>钓鱼</del>" in shown
    assert "下棋" in shown
    assert "z****@example.com" in shown
    assert "zhang@" not in shown


def test_rejected_rows_go_only_to_who_brought_them_in_and_that_is_recorded(
    browser, importer, customers, sign_in, administrator
):
    run = importer.check("individuals", workbook([HEADS, ("nobody", "", "")]))

    mine = browser.get(f"/files/imports/{run.pk}/rejected/")
    theirs = sign_in(administrator).get(f"/files/imports/{run.pk}/rejected/")

    assert (mine.status_code, theirs.status_code) == (200, 404)
    assert Access.objects.filter(verb="EXPORTED", detail__contains="import_rejected").exists()
    mine.close()


def test_an_import_is_undone_and_what_is_left_is_told(browser, importer, customers, finish_work):
    from dakehu.customers.models import PersonProfile

    run = importer.bring_in("individuals", workbook([HEADS, (OWN, "钓鱼", "")]))
    PersonProfile.objects.update(hobbies="下棋", version=5)

    browser.post(f"/files/imports/{run.pk}/undo/")
    finish_work()

    shown = page(browser, run).content.decode()
    assert "1 row was left as it is" in shown
    assert "changed since the import" in shown


def test_a_step_out_of_turn_is_refused_in_words(browser, importer, customers):
    run = importer.bring_in("individuals", workbook([HEADS, (OWN, "钓鱼", "")]))

    answer = browser.post(f"/files/imports/{run.pk}/apply/", follow=True)

    assert "past that step" in answer.content.decode()


def test_a_dropped_import_keeps_its_entry_alone(browser, supervisor, customers, at):
    run = start_import(supervisor, at=at)

    browser.post(f"/files/imports/{run.pk}/drop/")

    run.refresh_from_db()
    assert run.state == "DROPPED"
    assert page(browser, run).status_code == 200


def test_work_that_has_ended_early_can_be_gone_on_with(browser, importer, customers, finish_work):
    run = importer.check("individuals", workbook([HEADS, (OWN, "钓鱼", "")]))
    ImportRun.objects.update(state="APPLYING", error="The background work has failed.")
    assert "Go on" in page(browser, run).content.decode()

    browser.post(f"/files/imports/{run.pk}/continue/")
    finish_work()

    run.refresh_from_db()
    assert (run.state, run.error) == ("APPLIED", "")


def test_the_template_is_a_workbook(browser, customers):
    answer = browser.get("/files/imports/new/individuals/template/")

    assert answer.getvalue().startswith(b"PK")


@pytest.mark.parametrize("name", ["individuals", "staff", "nothing"])
def test_who_may_not_import_is_refused(sign_in, manager, name):
    browser = sign_in(manager)

    assert browser.get(f"/files/imports/new/{name}/").status_code == 403
    assert browser.get("/files/imports/").status_code == 403


def test_the_permission_of_the_import_itself_is_asked_for_too(browser):
    assert browser.get("/files/imports/new/staff/").status_code == 403
    assert browser.get("/files/imports/new/nothing/").status_code == 404


def test_imports_of_other_units_are_not_found(sign_in, people, importer, customers):
    from tests.factories.people import StaffFactory

    run = importer.check("individuals", workbook([HEADS, (OWN, "钓鱼", "")]))
    other = StaffFactory(role="SUPERVISOR", unit=people.units.other_city)

    assert page(sign_in(other), run).status_code == 404


def test_a_list_offers_its_imports_to_those_who_may(browser, sign_in, manager, customers):
    for_head = browser.get("/customers/individuals/").content.decode()
    for_manager = sign_in(manager).get("/customers/individuals/").content.decode()

    assert "/files/imports/new/individuals/" in for_head
    assert "/files/imports/new/individuals/template/" in for_head
    assert "/files/imports/" not in for_manager


def test_the_number_of_queries_does_not_grow_with_the_rows(
    browser, importer, customers, django_assert_max_num_queries
):
    rows = [HEADS, *[(f"nobody-{number}", "x" * 300, "y") for number in range(60)]]
    run = importer.check("individuals", workbook(rows))
    page(browser, run)

    with django_assert_max_num_queries(25):
        shown = page(browser, run).content.decode()

    assert "Next rows" in shown
