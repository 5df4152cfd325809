"""Attached files: kept privately under unguessable names, removed softly, recorded."""

import os
import stat
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone
from tests.factories.attachments import (
    AT,
    EXE,
    HTML,
    PDF,
    PNG,
    attach,
    office,
    packed,
    upload,
)

from dakehu.audit.models import Access, Change
from dakehu.files.errors import UnableToAttach
from dakehu.files.jobs.attachments import tidy_attachments
from dakehu.files.models import Attachment
from dakehu.files.operations import attachments as operations
from dakehu.files.operations import keeping
from dakehu.files.queries import attachments as queries
from dakehu.files.values import Unfit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_home(home):
    """Files of these tests lie in a folder of their own."""


def files_there():
    return sorted(path.name for path in keeping.folder_for("attachments").iterdir())


def refusal_of(record, by, name, content):
    with pytest.raises(UnableToAttach) as refused:
        attach(record, by, name=name, content=content)
    return refused.value


def test_a_file_is_kept_privately_under_a_name_nobody_can_guess(customers, manager, settings):
    file = attach(customers.own, manager, name="2026年合同（终稿）.pdf")

    path = keeping.full_path(file.path)
    assert path.read_bytes() == PDF
    assert "合同" not in str(path)
    assert len(path.name) >= 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.is_relative_to(settings.MEDIA_ROOT)
    assert (file.name, file.size) == ("2026年合同（终稿）.pdf", len(PDF))
    assert file.content_type == "application/pdf"
    assert file.sha256 == keeping.digest_of(path)


def test_the_type_is_that_of_the_content_whatever_the_browser_says(customers, manager):
    assert attach(customers.own, manager, name="a.png", content=PNG).content_type == "image/png"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("leer.txt", b"", Unfit.EMPTY),
        ("合同.pdf", PNG, Unfit.LYING),
        ("setup.pdf", EXE, Unfit.UNKNOWN),
        ("page.html", HTML, Unfit.WEB_PAGE),
        ("page.txt", HTML, Unfit.WEB_PAGE),
        ("makro.docx", office("docx", macro="word/vbaProject.bin"), Unfit.MACROS),
        ("makro.docm", office("docx"), Unfit.LYING),
        ("bomb.docx", packed({"word/document.xml": b"\0" * 30_000_000}), Unfit.BOMB),
        ("archive.zip", packed({"a": b"x"}), Unfit.NOT_ALLOWED),
    ],
)
def test_what_is_not_fit_is_refused_and_leaves_nothing(customers, manager, name, content, reason):
    refused = refusal_of(customers.own, manager, name, content)

    assert refused.reason == reason
    assert str(refused)
    assert "%(" not in str(refused)
    assert files_there() == []
    assert not Attachment.objects.exists()


def test_what_is_too_large_is_refused(customers, manager, settings):
    settings.ATTACHMENT_MB = 1

    refused = refusal_of(customers.own, manager, "a.pdf", PDF + b"\0" * 1_100_000)

    assert refused.reason == Unfit.TOO_LARGE
    assert "1" in str(refused)


def test_the_allowed_kinds_are_a_setting(customers, manager, settings):
    settings.ATTACHMENT_TYPES = frozenset({"zip"})

    attach(customers.own, manager, name="a.zip", content=packed({"a": b"x"}))

    assert refusal_of(customers.own, manager, "a.pdf", PDF).reason == Unfit.NOT_ALLOWED


def test_the_same_content_is_attached_once(customers, manager):
    first = attach(customers.own, manager)

    refused = refusal_of(customers.own, manager, "再来一次.pdf", PDF)

    assert refused.reason == Unfit.KNOWN
    assert "合同.pdf" in str(refused)
    assert len(files_there()) == 1
    attach(customers.group, manager)
    operations.remove_attachment(attachment=first, by=manager, at=AT)
    attach(customers.own, manager)


def test_a_failure_after_the_file_was_written_leaves_nothing(customers, manager, monkeypatch):
    def stumble(*arguments, **options):
        raise RuntimeError

    monkeypatch.setattr(operations, "create_record", stumble)
    with pytest.raises(RuntimeError):
        attach(customers.own, manager)

    assert files_there() == []


def test_removing_is_soft_and_can_be_undone(customers, manager):
    file = attach(customers.own, manager)

    operations.remove_attachment(attachment=file, by=manager, at=AT)
    assert queries.attachments_of(customers.own) == []
    assert queries.removed_from(customers.own) == [file]
    operations.restore_attachment(attachment=file, by=manager, at=AT)

    assert queries.attachments_of(customers.own) == [file]
    assert keeping.full_path(file.path).is_file()


def test_every_act_is_in_the_change_log(customers, manager):
    file = attach(customers.own, manager)
    operations.remove_attachment(attachment=file, by=manager, at=AT)
    operations.restore_attachment(attachment=file, by=manager, at=AT)

    changes = Change.objects.filter(subject_type="files.attachment", subject_id=file.pk)

    verbs = list(changes.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["CREATED", "REMOVED", "RESTORED"]
    assert set(changes.values_list("actor_id", flat=True)) == {manager.pk}


def test_whoever_may_not_attach_changes_nothing(customers, manager, province_analyst):
    file = attach(customers.own, manager)

    with pytest.raises(PermissionDenied):
        attach(customers.own, province_analyst, name="b.png", content=PNG)
    for act in (operations.remove_attachment, operations.restore_attachment):
        with pytest.raises(PermissionDenied):
            act(attachment=file, by=province_analyst, at=AT)


def test_a_file_is_found_by_who_may_see_its_record(customers, people, manager):
    file = attach(customers.own, manager)

    assert queries.get_attachment(people.supervisor, file.pk) == (file, customers.own)
    for other in (people.stranger, people.colleague):
        with pytest.raises(Http404):
            queries.get_attachment(other, file.pk)
    with pytest.raises(Http404):
        queries.get_attachment(manager, file.pk + 1)


def test_a_file_of_a_record_of_no_known_kind_is_not_found(customers, manager, administrator):
    file = attach(customers.own, manager)
    Attachment.objects.update(subject_type="audit.change")

    with pytest.raises(Http404):
        queries.get_attachment(administrator, file.pk)


def test_a_look_at_a_file_is_recorded_on_its_record(customers, manager):
    file = attach(customers.own, manager)

    operations.take_attachment(attachment=file, record=customers.own, by=manager, at=AT)

    access = Access.objects.get(actor_id=manager.pk)
    assert (access.verb, access.subject_id) == ("VIEWED", customers.own.pk)
    assert str(file.pk) in access.detail
    assert "合同" not in access.detail


def test_a_removed_or_lost_file_cannot_be_taken(customers, manager):
    file = attach(customers.own, manager)
    operations.remove_attachment(attachment=file, by=manager, at=AT)
    with pytest.raises(Http404):
        operations.take_attachment(attachment=file, record=customers.own, by=manager, at=AT)

    operations.restore_attachment(attachment=file, by=manager, at=AT)
    keeping.remove(file.path)
    with pytest.raises(Http404):
        operations.take_attachment(attachment=file, record=customers.own, by=manager, at=AT)


def test_a_large_upload_lies_on_disk_and_is_kept_all_the_same(customers, manager, tmp_path):
    from django.core.files.uploadedfile import TemporaryUploadedFile

    big = TemporaryUploadedFile("大.pdf", "application/pdf", 3_000_000, None)
    big.write(PDF + b"\0" * (3_000_000 - len(PDF)))

    file = operations.attach_file(record=customers.own, upload=big, by=manager, at=AT)

    assert keeping.full_path(file.path).stat().st_size == 3_000_000
    big.close()


def test_strays_are_tidied_and_removed_files_stay(customers, manager):
    file = attach(customers.own, manager)
    operations.remove_attachment(attachment=file, by=manager, at=AT)
    stray = keeping.folder_for("attachments") / "stray"
    stray.write_text("left")
    old = (datetime.now(tz=UTC) - timedelta(hours=7)).timestamp()
    for path in keeping.folder_for("attachments").iterdir():
        os.utime(path, (old, old))

    tidy_attachments(timezone.now())

    assert [f"attachments/{name}" for name in files_there()] == [file.path]


def test_a_removed_file_is_gone_for_good_after_its_time_and_what_it_was_stays_known(
    customers, manager, django_capture_on_commit_callbacks
):
    early, late, kept = (
        attach(customers.own, manager, name=f"{name}.pdf", content=PDF + name.encode())
        for name in ("early", "late", "kept")
    )
    operations.remove_attachment(attachment=early, by=manager, at=AT)
    operations.remove_attachment(attachment=late, by=manager, at=AT + timedelta(days=5))

    with django_capture_on_commit_callbacks(execute=True):
        count = operations.discard_removed(before=AT + timedelta(days=1), at=AT)

    assert count == 1
    assert {f"attachments/{name}" for name in files_there()} == {late.path, kept.path}
    early.refresh_from_db()
    assert (early.name, early.path) == ("early.pdf", None)
    assert queries.removed_from(customers.own) == [late]
    with pytest.raises(Http404):
        operations.restore_attachment(attachment=early, by=manager, at=AT)
    last = Change.objects.filter(subject_id=early.pk).latest("pk")
    assert (last.verb, list(last.fields)) == ("CHANGED", ["path"])
    assert operations.discard_removed(before=AT + timedelta(days=1), at=AT) == 0


def test_an_upload_without_a_name_gets_one(customers, manager):
    nameless = upload("x.txt", "纪要".encode())
    nameless._name = None

    refused = pytest.raises(UnableToAttach)
    with refused:
        operations.attach_file(record=customers.own, upload=nameless, by=manager, at=AT)
