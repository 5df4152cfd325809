"""Exports on screen: asking, releasing, waiting, downloading, and everybody who may not."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook
from tests.factories.archive import CustomFieldFactory
from tests.factories.exports import PURPOSE, ask, decide, fresh

from dakehu.audit.models import Access
from dakehu.files.models import ExportRequest

pytestmark = pytest.mark.django_db
NEW = "/files/exports/new/"
MINE = "/files/exports/"
RELEASES = "/files/exports/to-release/"
HTMX = {"HX-Request": "true"}
COLUMNS = ["number", "name", "phone"]


@pytest.fixture(autouse=True)
def in_english(settings, home):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def browser(sign_in, manager):
    return sign_in(manager)


@pytest.fixture
def export(customers, manager):
    return ask(manager, at=timezone.now(), language="en")


@pytest.fixture
def ready(export, supervisor, finish_work):
    decide(export, supervisor, at=timezone.now())
    finish_work()
    return fresh(export)


def address(export, *parts):
    return "/".join([f"{MINE}{export.pk}", *parts, ""])


def send(client, **changes):
    """Post the form of an export."""
    form = {
        "screen": "customers:list",
        "query": "kind=INDIVIDUAL",
        "columns": COLUMNS,
        "values": "masked",
        "purpose": PURPOSE,
        **changes,
    }
    return client.post(NEW, form)


def text_of(response):
    return response.content.decode()


def test_the_list_of_customers_leads_to_the_form_instead_of_the_file(browser, customers):
    page = text_of(browser.get("/customers/?kind=INDIVIDUAL"))
    response = browser.get("/customers/?kind=INDIVIDUAL&export=xlsx", follow=True)

    assert "Ask for an export" in page
    assert response.redirect_chain[0][0].startswith(NEW)
    assert "Kind: Individual" in text_of(response)
    assert not Access.objects.filter(verb="EXPORTED").exists()


def test_the_form_tells_rows_and_filter_and_offers_the_columns_as_shown(browser, customers):
    text = text_of(browser.get(NEW, {"screen": "customers:list", "query": "columns=name"}))

    assert "<dd>2</dd>" in text
    assert 'value="name" checked' in text.replace("'", '"') or "checked" in text
    assert "In plain only where" not in text


def test_the_page_names_columns_that_the_operator_added(browser, customers):
    CustomFieldFactory(key="contract", kind="GROUP", type="TEXT", label="Contract no.")
    columns = ["number", "custom_contract"]
    asked = send(browser, screen="customers:group_list", query="", columns=columns)

    text = text_of(browser.get(asked["Location"]))

    assert "Contract no." in text
    assert "custom_contract" not in text


def test_asking_keeps_the_list_as_it_stood(browser, customers, manager):
    response = send(browser)

    export = ExportRequest.objects.get()
    assert response["Location"] == address(export)
    assert (export.screen, export.query) == ("customers:list", "kind=INDIVIDUAL")
    assert (export.columns, export.purpose) == (COLUMNS, PURPOSE)
    assert (export.rows_expected, export.is_plain, export.state) == (1, False, "WAITING")
    assert export.requested_by == manager


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"purpose": ""}, "This field is required"),
        ({"purpose": "x"}, "at least 4 characters"),
        ({"purpose": "y" * 201}, "at most 200 characters"),
        ({"columns": []}, "Choose at least one column."),
        ({"columns": ["nowhere"]}, "nowhere"),
        ({"values": "plain"}, "plain"),
        ({"query": "manager=nobody-there"}, "cannot be understood"),
        ({"query": "words=nobodyhere"}, "nothing to export"),
        ({"query": "z=" + "x" * 5000}, "at most 4000"),
    ],
)
def test_what_makes_no_sense_is_told_on_the_form(browser, customers, changes, words):
    response = send(browser, **changes)

    assert response.status_code == 422
    assert words in text_of(response)
    assert not ExportRequest.objects.exists()


@pytest.mark.parametrize("screen", ["alerts:list", "nowhere:list", "", "customers:profile_panel"])
def test_only_personal_lists_are_asked_for(browser, customers, screen):
    assert browser.get(NEW, {"screen": screen}).status_code == 404
    assert send(browser, screen=screen).status_code == 404


@pytest.mark.parametrize("part", ["hotline_agent", "hall_clerk", "province_analyst"])
def test_whoever_may_not_export_is_refused_everywhere(sign_in, people, export, part):
    client = sign_in(getattr(people, part))

    assert client.get(NEW, {"screen": "customers:list"}).status_code == 403
    assert send(client).status_code == 403
    assert client.get(MINE).status_code == 403
    assert client.get(RELEASES).status_code == 403
    assert client.get(address(export)).status_code == 403
    assert client.get(address(export, "download")).status_code == 403
    for act in ("decide", "withdraw"):
        assert client.post(address(export, act)).status_code == 403
    assert client.get("/customers/?export=xlsx").status_code == 403


def test_nobody_gets_in_without_signing_in(client, export):
    for url in (MINE, RELEASES, NEW, address(export), address(export, "download")):
        assert client.get(url).status_code == 302


def test_a_stranger_does_not_find_it(sign_in, stranger, colleague, export):
    for person in (stranger, colleague):
        assert sign_in(person).get(address(export)).status_code == 404
        assert sign_in(person).get(address(export, "download")).status_code == 404
        assert sign_in(person).post(address(export, "withdraw")).status_code == 404


def test_my_list_shows_my_own(browser, sign_in, export, supervisor):
    assert PURPOSE in text_of(browser.get(MINE))
    assert PURPOSE not in text_of(sign_in(supervisor).get(MINE))


def test_a_releaser_sees_what_waits_and_releases_it(sign_in, supervisor, export, finish_work):
    client = sign_in(supervisor)

    assert client.get(RELEASES)["Location"].endswith("?state=WAITING")
    assert PURPOSE in text_of(client.get(RELEASES, {"state": "WAITING"}))
    assert "Your decision" in text_of(client.get(address(export)))
    response = client.post(address(export, "decide"), {"decision": "release", "note": ""})

    assert response["Location"] == address(export)
    assert "Released. The file is being built." in text_of(client.get(address(export)))
    finish_work()
    assert fresh(export).state == "READY"


def test_a_refusal_without_a_reason_is_told(sign_in, supervisor, export):
    response = sign_in(supervisor).post(address(export, "decide"), {"decision": "refuse"})

    assert response.status_code == 422
    assert "Say why the export is refused." in text_of(response)
    assert fresh(export).state == "WAITING"


def test_the_requester_reads_why_it_was_refused(browser, sign_in, supervisor, export):
    form = {"decision": "refuse", "note": "Say for which customers"}
    sign_in(supervisor).post(address(export, "decide"), form)

    assert "Say for which customers" in text_of(browser.get(address(export)))


def test_one_cannot_release_ones_own(sign_in, supervisor, customers):
    export = ask(supervisor, at=timezone.now())
    client = sign_in(supervisor)

    assert "Your decision" not in text_of(client.get(address(export)))
    response = client.post(address(export, "decide"), {"decision": "release"})

    assert response.status_code == 403
    assert fresh(export).state == "WAITING"


def test_a_file_is_downloaded_as_a_file_and_counted(browser, ready, manager):
    assert "Download" in text_of(browser.get(address(ready)))
    response = browser.get(address(ready, "download"))

    content = b"".join(response.streaming_content)
    assert CalamineWorkbook.from_filelike(BytesIO(content)).sheet_names
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]
    assert fresh(ready).downloads == 1
    assert Access.objects.filter(verb="EXPORTED", actor_id=manager.pk).count() == 1


def test_a_releaser_sees_it_but_gets_no_file(sign_in, supervisor, ready):
    client = sign_in(supervisor)

    assert address(ready, "download") not in text_of(client.get(address(ready)))
    response = client.get(address(ready, "download"), follow=True)

    assert "Only the person who asked for an export can download it." in text_of(response)


def test_a_right_withdrawn_meanwhile_is_told_in_words(browser, ready, manager, monkeypatch):
    manager.role = "HALL"
    manager.save()
    assert browser.get(address(ready, "download")).status_code == 403

    manager.role = "TELEPHONE_MANAGER"
    manager.save()
    assert browser.get(address(ready, "download")).status_code == 403


def test_a_list_right_withdrawn_meanwhile_is_told_in_words(browser, ready, monkeypatch):
    from dataclasses import replace

    from dakehu.people import choices

    role = choices.ROLES["ACCOUNT_MANAGER"]
    left = replace(role, permissions=role.permissions - {"customers.export"})
    monkeypatch.setitem(choices.ROLES, "ACCOUNT_MANAGER", left)

    response = browser.get(address(ready, "download"), follow=True)

    assert "The right to export this list is not, or no longer, given." in text_of(response)


def test_an_expired_file_is_told(browser, ready):
    ExportRequest.objects.update(expires_at=timezone.now() - timedelta(minutes=1))

    response = browser.get(address(ready, "download"), follow=True)

    assert "Ask for the export again." in text_of(response)


def test_the_page_is_live_only_while_it_is_being_built(browser, export, supervisor, finish_work):
    assert "every 2s" not in text_of(browser.get(address(export)))

    decide(export, supervisor, at=timezone.now())
    live = browser.get(address(export), headers=HTMX)
    assert "every 2s" in text_of(live)
    assert b"<html" not in live.content

    finish_work()
    assert "every 2s" not in text_of(browser.get(address(export), headers=HTMX))


def test_withdrawing(browser, export):
    response = browser.post(address(export, "withdraw"), follow=True)

    assert "Withdrawn." in text_of(response)
    again = browser.post(address(export, "withdraw"), follow=True)
    assert "Somebody was quicker" in text_of(again)


def test_a_number_in_the_filter_is_masked_for_the_releaser(
    sign_in, manager, supervisor, customers
):
    export = ask(manager, at=timezone.now(), query="words=13812345678", rows=1)

    text = text_of(sign_in(supervisor).get(address(export)))

    assert "13812345678" not in text
    assert "138****5678" in text


def test_the_number_of_queries_does_not_grow_with_the_rows(
    browser, export, manager, django_assert_max_num_queries, django_assert_num_queries
):
    with django_assert_max_num_queries(15) as few:
        browser.get(MINE, {"size": 50})
    for _ in range(10):
        ask(manager, at=timezone.now())

    with django_assert_num_queries(len(few.captured_queries)):
        browser.get(MINE, {"size": 50})


def test_a_script_as_purpose_is_only_words(browser, customers):
    send(browser, purpose="<script>alert(1)</script>")

    export = ExportRequest.objects.get()
    assert "<script>alert" not in text_of(browser.get(address(export)))
    assert "&lt;script&gt;" in text_of(browser.get(address(export)))
