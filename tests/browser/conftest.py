"""Chromium over the live site, signed-in people, screenshots and accessibility checks."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error,
    Page,
    Playwright,
    sync_playwright,
)

# Playwright keeps an event loop in this thread; Django would take it for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

SHOTS = Path(__file__).resolve().parents[2] / "test-results"
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
# Every language, theme and width is seen once; all combinations would take four times as long.
LOOKS = [("zh-hans", "light", DESKTOP), ("en", "dark", PHONE)]
PATIENCE_MS = 15_000
PICTURE_ATTEMPTS = 3
# Refused and lost requests are reported as errors too; tests ask for those on purpose.
REFUSALS = (
    "the server responded with a status of",
    "Response Status Error Code",
    "htmx:afterRequest",
    "htmx:sendError",
    "net::ERR_",
)


def name_of(language: str, theme: str, viewport: dict[str, int]) -> str:
    """Return what a picture is called."""
    return f"{language}-{theme}-{viewport['width']}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, and those that only look: in several themes."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if "theme" in getattr(item, "fixturenames", ()):
                item.add_marker(pytest.mark.look)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright's driver, once for all tests."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def chromium(playwright) -> Iterator[Browser]:
    """Debian's Chromium; it refuses its own sandbox when run as root."""
    path = shutil.which("chromium")
    if not path:
        pytest.skip("Chromium is not installed; run tools/install_browser.sh.")
    browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
    yield browser
    browser.close()


@pytest.fixture
def open_browser(chromium, live_server, sign_in) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a window: for whom, how large, in which language and theme.

    What the page writes to the console as an error, and what the browser refuses to run, fails
    the test.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_window(staff=None, *, viewport=DESKTOP, language="zh-hans", theme="light") -> Page:
        context = chromium.new_context(
            base_url=live_server.url, viewport=viewport, color_scheme=theme, locale="zh-CN"
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        cookies = {"django_language": language, "dakehu_theme": theme}
        if staff is not None:
            cookies["sessionid"] = sign_in(staff).cookies["sessionid"].value
        context.add_cookies(
            [
                {"name": name, "value": text, "url": live_server.url}
                for name, text in cookies.items()
            ]
        )
        page = context.new_page()
        page.on("console", lambda message: note(message.type, message.text))
        page.on("pageerror", lambda error: note("error", str(error)))
        return page

    def note(kind: str, text: str) -> None:
        if kind == "error" and not any(words in text for words in REFUSALS):
            complaints.append(text)

    yield open_window
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def take_shot(request) -> Callable[..., Path]:
    """Return a function that keeps what a page looks like in ``test-results``."""

    def shoot(page: Page, name: str, *, whole: bool = False) -> Path:
        SHOTS.mkdir(exist_ok=True)
        path = SHOTS / f"{request.node.name.partition('[')[0]}-{name}.png"
        page.wait_for_function("document.fonts.ready.then(() => true)")
        photograph(page, path, whole=whole)
        return path

    return shoot


def photograph(page: Page, path: Path, *, whole: bool) -> None:
    """Take a picture; Chromium on a busy machine now and then cannot, and can the next moment."""
    for attempt in range(1, PICTURE_ATTEMPTS + 1):
        try:
            page.screenshot(path=path, full_page=whole, animations="disabled")
        except Error as error:
            if "Unable to capture screenshot" not in str(error) or attempt == PICTURE_ATTEMPTS:
                raise
        else:
            return


@pytest.fixture
def find_barriers() -> Callable[[Page], list[str]]:
    """Return a function that tells what keeps people out of a page, as axe sees it."""

    def find(page: Page) -> list[str]:
        results = Axe().run(page)
        return [
            f"{violation['id']}: {node['target']} {node['html'][:160]}"
            for violation in results.response["violations"]
            for node in violation["nodes"]
        ]

    return find
