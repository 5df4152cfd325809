"""The shell: log-in, language, theme, navigation, errors, and what htmx needs."""

import html
import json

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, RequestFactory
from tests.factories.people import PASSWORD

from dakehu.ui import navigation, panels, todos
from dakehu.ui.lists import ListScreen
from dakehu.ui.navigation import NavItem, Section
from dakehu.ui.panels import Panel
from dakehu.ui.responses import safe_next

HTMX = {"HTTP_HX_REQUEST": "true"}


def words(response):
    return html.unescape(response.content.decode())


def log_in(client, password, **fields):
    return client.post(
        "/ui/login/",
        {"username": "manager", "password": password, **fields},
        REMOTE_ADDR="10.0.0.1",
    )


class TestLogIn:
    def test_the_right_password_leads_on(self, client, manager):
        response = log_in(client, PASSWORD, next="/examples/?name=B")

        assert response["Location"] == "/examples/?name=B"

    @pytest.mark.parametrize(
        "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example"]
    )
    def test_log_in_never_leads_to_another_site(self, client, manager, elsewhere):
        response = log_in(client, PASSWORD, next=elsewhere)

        assert response["Location"] == "/"

    def test_a_wrong_password_is_told_without_saying_which_part(self, client, manager):
        response = log_in(client, "wrong")

        assert response.status_code == 200
        assert "User name or password is wrong" in words(response)

    def test_five_failures_lock(self, client, manager):
        for _attempt in range(5):
            response = log_in(client, "wrong")

        assert response.status_code == 429
        assert "Please wait 15 minutes" in words(response)
        assert log_in(client, PASSWORD).status_code == 429

    def test_log_out_leads_to_log_in(self, sign_in, manager):
        browser = sign_in(manager)

        response = browser.post("/ui/logout/")

        assert response["Location"] == "/ui/login/"
        assert browser.get("/examples/").status_code == 302

    def test_a_missing_token_is_explained(self, manager):
        client = Client(enforce_csrf_checks=True)

        response = log_in(client, PASSWORD)

        assert response.status_code == 403
        assert "This form has expired" in words(response)


class TestLanguageAndTheme:
    def test_chinese_comes_first(self, client, db, settings):
        settings.LANGUAGE_CODE = "zh-hans"

        body = client.get("/ui/login/").content.decode()

        assert '<html lang="zh-hans"' in body
        assert "登录" in body

    def test_the_language_is_kept(self, client, db):
        response = client.post("/ui/language/", {"language": "zh-hans", "next": "/ui/login/"})

        assert response["Location"] == "/ui/login/"
        assert "大客户服务管理系统" in client.get("/ui/login/").content.decode()

    def test_the_language_switch_never_leads_to_another_site(self, client, db):
        response = client.post("/ui/language/", {"language": "en", "next": "//evil.example"})

        assert response["Location"] == "/"

    def test_the_theme_is_kept(self, client, db):
        response = client.post("/ui/theme/", {"theme": "dark", "next": "/ui/login/"})

        assert response["Location"] == "/ui/login/"
        assert 'data-bs-theme="dark"' in client.get("/ui/login/").content.decode()

    def test_the_device_decides_until_a_theme_is_chosen(self, client, db):
        body = client.get("/ui/login/").content.decode()

        assert 'data-theme-choice="auto"' in body
        assert 'data-bs-theme="light"' not in body.partition("<body")[0]

    def test_an_unknown_theme_is_refused(self, client, db):
        assert client.post("/ui/theme/", {"theme": "pink"}).status_code == 400

    def test_htmx_keeps_the_theme_without_a_page(self, client, db):
        response = client.post("/ui/theme/", {"theme": "light"}, **HTMX)

        assert response.status_code == 204
        assert client.cookies["dakehu_theme"].value == "light"


class TestErrors:
    @pytest.mark.parametrize("headers", [{}, HTMX])
    def test_an_unknown_page_is_told_in_words(self, sign_in, manager, headers):
        response = sign_in(manager).get("/nowhere/", **headers)

        assert response.status_code == 404
        assert "This page does not exist" in words(response)
        assert ("<html" in words(response)) is not bool(headers)

    def test_before_log_in_an_error_shows_no_navigation(self, client, db):
        body = words(client.get("/nowhere/"))

        assert "This page does not exist" in body
        assert "sidebar" not in body

    def test_an_error_of_an_action_is_a_toast(self, sign_in, manager):
        response = sign_in(manager).post("/examples/mark/", **HTMX)

        assert response.status_code == 400
        assert (response["HX-Retarget"], response["HX-Reswap"]) == ("#toasts", "beforeend")

    @pytest.mark.parametrize("slot", ["panel-alerts", "drawer-body"])
    def test_an_error_of_a_slot_stays_in_it(self, sign_in, manager, slot):
        response = sign_in(manager).get("/nowhere/", **HTMX, HTTP_HX_TARGET=slot)

        assert "HX-Retarget" not in response
        assert "This page does not exist" in words(response)

    @pytest.mark.parametrize("headers", [{}, HTMX])
    def test_a_failure_asks_neither_database_nor_person(self, client, monkeypatch, headers):
        client.raise_request_exception = False
        monkeypatch.setattr("dakehu.ui.views.LoginView.dispatch", None)
        response = client.get("/ui/login/", **headers)

        assert response.status_code == 500
        assert "Something went wrong here" in words(response)


class TestFragments:
    def test_a_message_rides_along_with_a_fragment(self, sign_in, manager, fourteen):
        browser = sign_in(manager)
        browser.post("/examples/mark/", {"chosen": "ids", "ids": [fourteen[0].pk]})

        body = words(browser.get("/examples/", **HTMX))

        assert 'hx-swap-oob="beforeend:#toasts"' in body
        assert "Marked N000" in body

    def test_a_message_waits_when_the_page_is_about_to_change(self, sign_in, manager, fourteen):
        browser = sign_in(manager)

        response = browser.post(
            "/examples/mark/", {"chosen": "ids", "ids": [fourteen[0].pk]}, **HTMX
        )

        assert response["HX-Redirect"] == "/examples/"
        assert response.content == b""
        assert "Marked N000" in words(browser.get("/examples/"))

    def test_an_ended_session_moves_the_whole_page_to_log_in(self, client, db):
        response = client.get(
            "/examples/", **HTMX, HTTP_HX_CURRENT_URL="http://testserver/examples/?name=B"
        )

        assert response.status_code == 200
        assert response["HX-Redirect"] == "/ui/login/?next=%2Fexamples%2F%3Fname%3DB"

    @pytest.mark.parametrize(
        ("wanted", "safe"),
        [
            ("/examples/?a=1", "/examples/?a=1"),
            ("http://testserver/examples/", "http://testserver/examples/"),
            ("https://evil.example/", ""),
            ("//evil.example/", ""),
            ("javascript:alert(1)", ""),
            ("", ""),
        ],
    )
    def test_the_way_back_is_checked(self, wanted, safe):
        assert safe_next(RequestFactory().post("/", {"next": wanted})) == safe


class TestRegistries:
    @pytest.fixture(autouse=True)
    def empty(self, monkeypatch):
        monkeypatch.setattr(navigation, "_items", [])
        monkeypatch.setattr(panels, "_panels", [])
        monkeypatch.setattr(todos, "_sources", {})

    def test_the_menu_shows_what_the_role_permits_in_order(self, manager):
        late = NavItem(Section.WORK, "Late", "x", "ui:login", "desk.view", 20)
        early = NavItem(Section.WORK, "Early", "x", "examples:list", "desk.view", 10, "e", "a=1")
        for item in (late, early, early):
            navigation.register(item)
        navigation.register(NavItem(Section.SYSTEM, "Hidden", "x", "ui:login", "people.manage"))
        navigation.register(NavItem(Section.DATA, "Absent", "x", "no:where", "desk.view"))

        (section,) = navigation.menu_for(manager, "/examples/5/")

        assert section.name == "work"
        assert [entry.title for entry in section.entries] == ["Early", "Late"]
        assert [entry.is_current for entry in section.entries] == [True, False]
        assert section.entries[0].url == "/examples/?a=1"

    def test_panels_come_in_order_for_who_may_see_them(self, manager):
        first = Panel("customer", "a", "A", "x:y", "alerts.view", 10)
        second = Panel("customer", "b", "B", "x:y", "alerts.view", 20)
        hidden = Panel("customer", "c", "C", "x:y", "people.manage")
        other = Panel("unit", "d", "D", "x:y", "alerts.view")
        for panel in (second, first, hidden, other, first):
            panels.register(panel)

        assert panels.panels_for("customer", manager) == (first, second)

    def test_a_todo_is_worded_by_its_source(self):
        todos.register("alert", lambda facts: f"Call {facts['who']}", lambda pk: f"/a/{pk}/", "x")

        source = todos.source_of("alert")

        assert (source.words({"who": "Anna"}), source.url(7)) == ("Call Anna", "/a/7/")

    def test_a_todo_of_an_unknown_source_names_it(self):
        assert todos.source_of("visit").words({}) == "visit"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"sorts": {"height": ("height",)}}, "no such column"),
        ({"default_sort": "phone"}, "cannot sort"),
    ],
)
def test_a_list_that_describes_nonsense_does_not_start(screen, change, told):
    with pytest.raises(ImproperlyConfigured, match=told):
        ListScreen(**{**vars(screen), **change})


def test_the_gallery_is_for_administrators(sign_in, manager, administrator):
    assert sign_in(manager).get("/ui/gallery/").status_code == 403
    assert sign_in(manager).get("/ui/gallery/drawer/").status_code == 403
    assert sign_in(manager).post("/ui/gallery/act/").status_code == 403
    assert sign_in(administrator).get("/ui/gallery/").status_code == 200


def test_the_drawer_of_the_gallery_is_a_page_or_a_fragment(sign_in, administrator):
    browser = sign_in(administrator)

    assert "<html" in words(browser.get("/ui/gallery/drawer/"))
    assert "<html" not in words(browser.get("/ui/gallery/drawer/", **HTMX))


def test_the_htmx_settings_are_strict(client, db):
    body = words(client.get("/ui/login/"))
    content = body.partition('name="htmx-config" content=\'')[2].partition("'")[0]
    config = json.loads(content)

    assert config["allowEval"] is config["allowScriptTags"] is False
    assert config["includeIndicatorStyles"] is False
    assert config["historyCacheSize"] == 0


def test_the_page_carries_a_watermark_of_the_viewer(sign_in, manager):
    assert f'data-watermark="{manager.name} NO-manager"' in words(
        sign_in(manager).get("/examples/")
    )


def test_a_viewer_without_a_staff_number_is_named_by_the_log_in(sign_in, manager):
    manager.staff_no = None
    manager.save()

    assert f'data-watermark="{manager.name} manager"' in words(sign_in(manager).get("/examples/"))


def test_the_policy_forbids_whatever_is_inline(sign_in, administrator):
    response = sign_in(administrator).get("/ui/gallery/")

    policy = response["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert " style=" not in words(response)
