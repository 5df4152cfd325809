"""The panel of files: who sees it, uploading in words, safe downloads, removing, restoring."""

from urllib.parse import quote

import pytest
from tests.factories.attachments import (
    EXE,
    HTML,
    PDF,
    PNG,
    SVG,
    attach,
    office,
    upload,
)

from dakehu.audit.models import Access
from dakehu.files.models import Attachment

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def in_english(settings, home):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def browser(sign_in, manager):
    return sign_in(manager)


@pytest.fixture
def file(customers, manager):
    return attach(customers.own, manager)


def panel_of(customer):
    return f"/files/of/customers.customer/{customer.pk}/"


def send(client, customer, *uploads, htmx=True):
    headers = HTMX if htmx else {}
    return client.post(f"{panel_of(customer)}add/", {"files": list(uploads)}, headers=headers)


def text_of(response):
    return response.content.decode()


def test_an_empty_panel_says_so_and_offers_to_add(browser, customers):
    text = text_of(browser.get(panel_of(customers.own)))

    assert "No files" in text
    assert "Up to 20 MB each" in text
    assert 'type="file"' in text


def test_the_customers_page_has_the_panel(browser, customers):
    assert panel_of(customers.own) in text_of(browser.get(f"/customer/{customers.own.pk}/"))


def test_who_may_not_attach_sees_files_but_no_form(sign_in, province_analyst, file, customers):
    text = text_of(sign_in(province_analyst).get(panel_of(customers.own)))

    assert "合同.pdf" in text
    assert 'type="file"' not in text
    assert "/remove/" not in text


@pytest.mark.parametrize("part", ["stranger", "colleague"])
def test_strangers_find_nothing(sign_in, people, customers, file, part):
    client = sign_in(getattr(people, part))

    assert client.get(panel_of(customers.own)).status_code == 404
    assert send(client, customers.own, upload()).status_code == 404
    assert client.get(f"/files/{file.pk}/").status_code == 404
    for act in ("remove", "restore"):
        assert client.post(f"/files/{file.pk}/{act}/").status_code == 404


def test_nobody_gets_in_without_signing_in(client, customers, file):
    for url in (panel_of(customers.own), f"/files/{file.pk}/"):
        assert client.get(url).status_code == 302


@pytest.mark.parametrize("label", ["nowhere.model", "audit.change", "people.unit", "x"])
def test_files_belong_to_known_kinds_of_records_only(browser, customers, label):
    assert browser.get(f"/files/of/{label}/1/").status_code == 404
    assert browser.post(f"/files/of/{label}/1/add/").status_code == 404


def test_several_files_are_attached_at_once(browser, customers):
    response = send(
        browser, customers.own, upload("合同.pdf"), upload("照片.png", PNG), upload("a.txt", b"x")
    )

    assert response.status_code == 200
    text = text_of(response)
    assert "合同.pdf" in text
    assert "照片.png" in text
    assert "3 files attached." in text
    assert Attachment.objects.count() == 3


def test_the_good_ones_are_kept_and_the_others_told(browser, customers):
    response = send(browser, customers.own, upload("合同.pdf"), upload("照片.pdf", PNG))

    assert response.status_code == 200
    assert "“照片.pdf” is in truth a png file." in text_of(response)
    assert Attachment.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("leer.pdf", b"", "is empty"),
        ("x.pdf", EXE, "of no kind that is taken"),
        ("x.html", HTML, "could run in a browser"),
        ("x.svg", SVG, "could run in a browser"),
        ("x.png", SVG, "could run in a browser"),
        ("x.docx", office("docx", macro="word/vbaProject.bin"), "carries macros"),
        ("<script>x.pdf", PNG, "in truth a png"),
    ],
)
def test_a_refusal_is_told_in_words(browser, customers, name, content, words):
    response = send(browser, customers.own, upload(name, content))

    assert response.status_code == 422
    assert words in text_of(response)
    assert "<script>x" not in text_of(response)
    assert not Attachment.objects.exists()


def test_sending_nothing_is_told(browser, customers):
    assert "Choose a file first." in text_of(send(browser, customers.own))


def test_it_works_as_a_plain_form(browser, customers):
    good = send(browser, customers.own, upload(), htmx=False)
    bad = send(browser, customers.own, upload("x.pdf", PNG), htmx=False)

    assert good["Location"] == bad["Location"] == f"/customer/{customers.own.pk}/"
    assert "in truth a png" in text_of(browser.get(bad["Location"]))


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("2026年合同（终稿）.pdf", PDF, "application/pdf"),
        ("照片.png", PNG, "image/png"),
        ("纪要.txt", b"a <b>\n", "text/plain; charset=utf-8"),
    ],
)
def test_a_download_is_saved_and_never_shown(
    browser, customers, manager, name, content, content_type
):
    file = attach(customers.own, manager, name=name, content=content)

    response = browser.get(f"/files/{file.pk}/")

    assert b"".join(response.streaming_content) == content
    assert response["Content-Type"] == content_type
    assert response["Content-Disposition"] == f"attachment; filename*=utf-8''{quote(name)}"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == (
        "default-src 'none'; sandbox; frame-ancestors 'none'"
    )
    assert "no-store" in response["Cache-Control"]
    assert Access.objects.filter(verb="VIEWED", subject_id=customers.own.pk).exists()


def test_a_stored_path_is_in_no_page(browser, customers, file):
    assert file.path.partition("/")[2] not in text_of(browser.get(panel_of(customers.own)))


@pytest.mark.parametrize("path", ["/media/", "/static/../media/", "/media/attachments/"])
def test_no_address_serves_the_folder(browser, file, path):
    assert browser.get(path + file.path).status_code == 404


def test_removing_and_bringing_back(browser, customers, file):
    removed = browser.post(f"/files/{file.pk}/remove/", headers=HTMX)
    assert "1 removed file" in text_of(removed)
    assert browser.get(f"/files/{file.pk}/").status_code == 404

    back = browser.post(f"/files/{file.pk}/restore/", headers=HTMX)
    assert "removed file" not in text_of(back)
    response = browser.get(f"/files/{file.pk}/")
    assert b"".join(response.streaming_content) == PDF


def test_who_may_only_look_changes_nothing(sign_in, province_analyst, customers, file):
    client = sign_in(province_analyst)

    assert send(client, customers.own, upload("b.png", PNG)).status_code == 403
    assert client.post(f"/files/{file.pk}/remove/").status_code == 403
    assert client.post(f"/files/{file.pk}/restore/").status_code == 403


def test_files_can_be_attached_to_people(sign_in, administrator, manager):
    client = sign_in(administrator)
    url = f"/files/of/people.staff/{manager.pk}/"

    response = client.post(f"{url}add/", {"files": [upload("证书.pdf")]}, headers=HTMX)

    assert "证书.pdf" in text_of(response)
    assert "证书.pdf" in text_of(client.get(url))


def test_an_upload_larger_than_the_site_takes_is_turned_away(browser, customers, settings):
    settings.UPLOAD_MB = 1

    response = send(browser, customers.own, upload("x.pdf", PDF + b"\0" * 1_200_000))

    assert response.status_code == 413
    assert not Attachment.objects.exists()


def test_the_number_of_queries_does_not_grow_with_the_files(
    browser, customers, manager, file, django_assert_max_num_queries, django_assert_num_queries
):
    with django_assert_max_num_queries(10) as few:
        browser.get(panel_of(customers.own))
    for number in range(8):
        attach(customers.own, manager, name=f"{number}.txt", content=f"{number}".encode())

    with django_assert_num_queries(len(few.captured_queries)):
        browser.get(panel_of(customers.own))


def test_files_of_a_customer_in_the_retained_archive_stay_as_they_are(
    browser, customers, file, at
):
    customers.own.retained_at = at
    customers.own.save(update_fields=["retained_at"])

    shown = text_of(browser.get(panel_of(customers.own)))
    refused = send(browser, customers.own, upload("later.png", PNG))

    assert file.name in shown
    assert 'type="file"' not in shown
    assert refused.status_code == 422
    assert "stay as they are" in text_of(refused)
    assert Attachment.objects.count() == 1
