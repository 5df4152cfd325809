"""The page of the background work: for whom, what it says, and trying again."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from tests.factories.tasks import fail, write_line

from dakehu.common import work as registry
from dakehu.exchange.errors import WorkerLost
from dakehu.exchange.models import Worker
from dakehu.exchange.operations import work

pytestmark = pytest.mark.django_db
URL = "/exchange/background/"


@pytest.fixture
def browser(sign_in, administrator, settings):
    settings.LANGUAGE_CODE = "en"
    return sign_in(administrator)


def read(client):
    response = client.get(URL)
    assert response.status_code == 200
    return response.content.decode()


def given_up(tmp_path, **columns):
    """A task that was given up."""
    fail.enqueue(str(tmp_path / "lines"))
    kind = columns.pop("kind", "builtins.ValueError")
    DBTaskResult.objects.update(
        status="FAILED",
        worker_ids=["a", "b", "c"],
        started_at=timezone.now(),
        exception_class_path=kind,
        **columns,
    )


def test_an_idle_installation_says_so(browser):
    text = read(browser)

    assert "Nothing waits" in text
    assert "Nothing was given up" in text
    assert "No worker is there" in text


def test_what_waits_without_a_worker_is_told(browser, tmp_path):
    write_line.enqueue(str(tmp_path), "x")

    assert "Something waits, and no worker is there" in read(browser)


def test_a_living_worker_is_shown_and_a_silent_one_is_told(browser, tmp_path):
    now = timezone.now()
    write_line.enqueue(str(tmp_path), "x")
    work.sign_on(code="a", host="near.example.com", pid=7, at=now)

    assert "near.example.com · 7" in read(browser)
    assert "Something waits" not in read(browser)

    Worker.objects.update(seen_at=now - timedelta(minutes=5))
    assert "Silent" in read(browser)
    assert "Something waits" in read(browser)


def test_a_task_is_named_in_words_with_its_number(browser, monkeypatch):
    monkeypatch.setattr(registry, "_titles", {})
    registry.describe(write_line.module_path, "Write a line")
    write_line.enqueue(12, "secret words")

    text = read(browser)

    assert "Write a line · 12" in text
    assert "secret words" not in text


@pytest.mark.parametrize(
    ("kind", "trace", "words"),
    [
        ("django.db.utils.OperationalError", "", "The records database was busy"),
        ("builtins.OSError", "", "A file could not be read or written"),
        ("builtins.MemoryError", "", "no memory left"),
        (f"{WorkerLost.__module__}.WorkerLost", "", "The worker was killed"),
        ("builtins.ValueError", "ValueError: 13812345678", "Something unexpected: ValueError."),
        (
            "dakehu.files.errors.UnableToBuild",
            "Traceback\ndakehu.files.errors.UnableToBuild: The list is gone.\n",
            "The list is gone.",
        ),
    ],
)
def test_a_failure_is_told_in_words(browser, tmp_path, kind, trace, words):
    given_up(tmp_path, kind=kind, traceback=trace)

    text = read(browser)

    assert words in text
    assert "13812345678" not in text


def test_what_rests_shows_when_it_is_tried_again(browser, tmp_path):
    fail.enqueue(str(tmp_path / "lines"))
    task = work.take_task(code="a", at=timezone.now())
    work.fail_task(task=task, error=ValueError(), at=timezone.now())

    assert "again at" in read(browser)


def test_trying_again_puts_the_task_back(browser, tmp_path):
    given_up(tmp_path)

    response = browser.post(f"{URL}retry/", {"task": str(DBTaskResult.objects.get().pk)})

    assert response["Location"] == URL
    assert DBTaskResult.objects.get().status == "READY"
    assert "1 task will be tried again." in read(browser)


@pytest.mark.parametrize("number", ["1", "x" * 36, "' OR 1=1"])
def test_a_number_that_is_none_is_refused(browser, number):
    assert browser.post(f"{URL}retry/", {"task": number}).status_code == 400


def test_others_may_neither_see_nor_try(sign_in, supervisor):
    client = sign_in(supervisor)

    assert client.get(URL).status_code == 403
    assert client.post(f"{URL}retry/").status_code == 403


def test_htmx_gets_the_fragment(browser):
    response = browser.get(URL, headers={"HX-Request": "true"})

    assert b"<html" not in response.content
    assert b'id="exchange-background"' in response.content


def test_the_number_of_queries_does_not_grow_with_the_tasks(
    browser, tmp_path, django_assert_max_num_queries, django_assert_num_queries
):
    given_up(tmp_path)
    with django_assert_max_num_queries(15) as few:
        read(browser)
    for _ in range(5):
        given_up(tmp_path)

    with django_assert_num_queries(len(few.captured_queries)):
        read(browser)
