"""Journeys through log-in: codes, passkeys, sessions, the end of an idle one, a due password."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

PHONE = {"width": 390, "height": 844}
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
MINUTE_MS = 60_000


@pytest.fixture
def telephone():
    """A telephone with an authenticator app."""
    from tests.factories.signin import Telephone

    return Telephone()


def log_in(page, staff, password=None):
    from tests.factories.people import PASSWORD

    page.goto("/ui/login/")
    page.get_by_label("用户名").fill(staff.username)
    page.get_by_label("密码").fill(password or PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()


def log_out(page):
    page.locator(".person").click()
    page.get_by_role("button", name="退出登录").click()


def leave_alone(staff):
    """Let the server believe that nobody was at the screen for long."""
    from django.contrib.sessions.backends.db import SessionStore

    from dakehu.signin.models import SignIn

    session = SessionStore(SignIn.objects.get(staff=staff, ended_at=None).session_key)
    session["sign_in_seen_at"] = 0
    session.save()


def give_authenticator(page):
    """Put a virtual authenticator into the browser: it has a finger that always agrees."""
    line = page.context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    line.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})


def test_an_app_is_set_up_and_its_code_is_asked_at_log_in(
    open_browser, manager, telephone, take_shot, find_barriers
):
    page = open_browser()
    log_in(page, manager)
    page.goto("/account/")
    take_shot(page, "own", whole=True)
    assert find_barriers(page) == []

    page.locator("a[href='/account/app/']").click()
    telephone.secret = page.locator(".secret-letters").inner_text().replace(" ", "")
    take_shot(page, "app", whole=True)
    assert find_barriers(page) == []
    page.get_by_label("动态口令").fill(telephone.code_at(timezone.now() - timedelta(seconds=30)))
    page.get_by_role("button", name="设置").click()
    take_shot(page, "codes", whole=True)
    assert find_barriers(page) == []
    page.get_by_role("button", name="我已妥善保存").click()
    log_out(page)

    log_in(page, manager)
    expect(page.get_by_role("heading", name="第二步验证")).to_be_visible()
    take_shot(page, "second")
    assert find_barriers(page) == []
    page.get_by_label("动态口令").fill("000000")
    page.get_by_role("button", name="继续").click()
    expect(page.get_by_role("alert").first).to_contain_text("验证未通过")
    page.get_by_label("动态口令").fill(telephone.code_at(timezone.now()))
    page.get_by_role("button", name="继续").click()
    expect(page.locator(".person")).to_be_visible()


def test_a_passkey_is_made_and_lets_in_with_and_without_the_password(
    open_browser, manager, take_shot, find_barriers
):
    page = open_browser()
    give_authenticator(page)
    log_in(page, manager)
    page.goto("/account/passkeys/add/")
    assert find_barriers(page) == []
    page.get_by_label("通行密钥名称").fill("办公电脑")
    page.get_by_role("button", name="设置").click()
    page.get_by_role("button", name="我已妥善保存").click()
    expect(page.get_by_text("办公电脑")).to_be_visible()
    log_out(page)

    log_in(page, manager)
    page.get_by_role("button", name="使用通行密钥").click()
    expect(page.locator(".person")).to_be_visible()
    log_out(page)

    page.get_by_role("link", name="用通行密钥登录").click()
    take_shot(page, "passkey")
    assert find_barriers(page) == []
    page.get_by_role("button", name="使用通行密钥").click()
    expect(page.locator(".person")).to_be_visible()
    page.goto("/account/")
    expect(page.locator("#sessions")).to_contain_text("通行密钥 · 含第二因素")


def test_a_passkey_of_nobody_here_is_told(open_browser, manager):
    page = open_browser()
    give_authenticator(page)
    page.goto("/account/passkey/")

    page.get_by_role("button", name="使用通行密钥").click()

    expect(page.locator("[data-passkey-refused]")).to_be_visible()
    expect(page.get_by_role("button", name="使用通行密钥")).to_be_enabled()


def test_a_session_elsewhere_is_ended(open_browser, manager, take_shot):
    here, there = open_browser(manager), open_browser(manager, viewport=PHONE)
    there.goto("/account/")
    there.goto("/todos/")
    here.goto("/account/")
    expect(here.locator("#sessions > .lines > .line")).to_have_count(2)

    here.locator("#sessions").get_by_role("button", name="结束", exact=True).click()
    here.get_by_role("button", name="确定").click()

    expect(here.locator("#sessions > .lines > .line")).to_have_count(1)
    there.goto("/account/")
    expect(there.get_by_label("用户名")).to_be_visible()


def test_nobody_at_the_screen_is_warned_and_then_logged_out(
    open_browser, manager, take_shot, find_barriers
):
    page = open_browser(manager)
    page.clock.install()
    page.goto("/account/")

    page.clock.fast_forward(28 * MINUTE_MS + 5_000)
    expect(page.locator("#idle")).to_be_visible()
    take_shot(page, "warning")
    assert find_barriers(page) == []
    page.get_by_role("button", name="继续使用").click()
    expect(page.locator("#idle")).to_be_hidden()

    leave_alone(manager)
    page.clock.fast_forward(31 * MINUTE_MS)
    page.wait_for_url("**/ui/login/?*because=idle*")


def test_an_answer_that_comes_late_does_not_take_the_warning_away(open_browser, manager):
    page = open_browser(manager)
    page.clock.install()
    held = []
    page.route("**/kept-waiting/", lambda route: held.append(route))
    page.goto("/account/")
    page.evaluate("void htmx.ajax('GET', '/kept-waiting/', {target: '#idle', swap: 'none'})")

    page.clock.fast_forward(28 * MINUTE_MS + 5_000)
    expect(page.locator("#idle")).to_be_visible()
    held[0].fulfill(status=200, body="")
    page.clock.run_for(3_000)

    expect(page.locator("#idle")).to_be_visible()


def test_somebody_who_only_types_is_not_logged_out(open_browser, manager):
    page = open_browser(manager)
    page.clock.install()
    page.goto("/account/password/")

    for _minutes in range(6):
        page.clock.fast_forward(8 * MINUTE_MS)
        page.get_by_label("当前密码").press_sequentially("x")
        page.clock.run_for(2_000)

    expect(page.locator("#idle")).to_be_hidden()
    assert "/account/password/" in page.url


def test_a_given_password_has_to_be_changed_first(open_browser, manager, take_shot, find_barriers):
    from tests.factories.people import PASSWORD

    type(manager).objects.update(must_change_password=True)
    page = open_browser()
    log_in(page, manager)

    expect(page.get_by_text("请先设置自己的密码再继续")).to_be_visible()
    assert find_barriers(page) == []
    page.goto("/todos/")
    page.get_by_label("当前密码").fill(PASSWORD)
    page.get_by_label("新密码", exact=True).fill("kurz")
    page.get_by_label("再次输入新密码").fill("kurz")
    page.get_by_role("button", name="修改密码").click()
    expect(page.locator(".field-error").first).to_be_visible()
    take_shot(page, "refused", whole=True)
    page.get_by_label("当前密码").fill(PASSWORD)
    page.get_by_label("新密码", exact=True).fill("Spring-2026-rain")
    page.get_by_label("再次输入新密码").fill("Spring-2026-rain")
    page.get_by_role("button", name="修改密码").click()
    expect(page.get_by_role("heading", name="我的账户")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pages_of_accounts_fit_a_telephone(
    open_browser, administrator, manager, sign_in, take_shot, find_barriers, theme
):
    sign_in(manager)
    page = open_browser(administrator, viewport=PHONE, theme=theme)

    for url in ("/account/", f"/account/staff/{manager.pk}/", "/account/password/"):
        page.goto(url)
        wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert not page.evaluate(wide), url
        assert find_barriers(page) == []
        take_shot(page, f"{theme}{url.strip('/').replace('/', '-')}", whole=True)
