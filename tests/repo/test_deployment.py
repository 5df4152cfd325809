"""Behind TLS the site is as hard as Django's own check asks, and its cookies are its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TOOLS = Path(sys.executable).parent
# Prints what an anonymous browser gets over TLS, and over none.
PROBE = """
import json, django
django.setup()
from django.conf import settings
from django.test import Client
safe = Client().get("/ui/login/", secure=True, headers={"host": "keyaccounts.example.com"})
plain = Client().get("/ui/login/", headers={"host": "keyaccounts.example.com"})
print(json.dumps({
    "silenced": settings.SILENCED_SYSTEM_CHECKS,
    "session": [settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_SECURE,
                settings.SESSION_COOKIE_HTTPONLY, settings.SESSION_COOKIE_SAMESITE],
    "cookies": {name: morsel.OutputString() for name, morsel in safe.cookies.items()},
    "headers": dict(safe.headers),
    "plain": [plain.status_code, plain.headers.get("Location")],
}))
"""


def environment_of(home: Path) -> dict[str, str]:
    """
    Return the machine's environment for an installation in a folder of its own.

    What other tests have put there for themselves stays out: the browser's tests allow what
    Django's check rightly finds fault with, and the runner names a database.
    """
    ours = ("DAKEHU_", "DJANGO_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**kept, "DAKEHU_HOME": str(home)}


@pytest.fixture(scope="module")
def behind_tls(tmp_path_factory):
    """The environment of an installation behind TLS."""
    return {
        **environment_of(tmp_path_factory.mktemp("home")),
        "DAKEHU_HTTPS": "true",
        "DAKEHU_ALLOWED_HOSTS": "keyaccounts.example.com",
        "DJANGO_SETTINGS_MODULE": "dakehu.config.settings",
    }


@pytest.fixture(scope="module")
def probe(behind_tls):
    """What the site answers there."""
    command = [TOOLS / "dakehu", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(command, env=behind_tls, check=True)
    done = subprocess.run(
        [sys.executable, "-c", PROBE], env=behind_tls, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_deployment_check_finds_nothing(behind_tls):
    done = subprocess.run(
        [TOOLS / "dakehu", "check", "--deploy", "--fail-level", "INFO"],
        env=behind_tls,
        check=False,
        capture_output=True,
        text=True,
    )

    told = done.stdout + done.stderr
    assert (done.returncode, "no issues" in told) == (0, True), told


def test_only_the_list_of_preloaded_domains_is_left_to_the_operator(probe):
    assert probe["silenced"] == ["security.W021"]


def test_cookies_belong_to_this_host_alone_and_no_script_reads_them(probe):
    assert probe["session"] == ["__Host-sessionid", True, True, "Lax"]
    token = probe["cookies"]["__Host-csrftoken"]
    for flag in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert flag in token
    assert "Domain" not in token


def test_processes_that_begin_together_on_a_new_home_share_its_key(tmp_path):
    command = [
        sys.executable,
        "-c",
        "from dakehu.config import settings as s; print(s.SECRET_KEY)",
    ]
    environment = environment_of(tmp_path / "home")
    together = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        for _number in range(4)
    ]

    keys = {process.communicate()[0].strip() for process in together}

    assert len(keys) == 1
    assert len(keys.pop()) > 50
    assert [path.name for path in (tmp_path / "home").iterdir()] == ["secret_key"]


def test_without_tls_everybody_is_led_to_it(probe):
    assert probe["plain"] == [301, "https://keyaccounts.example.com/ui/login/"]
    assert probe["headers"]["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_every_answer_carries_the_headers_that_browsers_obey(probe):
    policy = probe["headers"]["Content-Security-Policy"]

    assert "unsafe" not in policy
    for rule in ("default-src 'self'", "form-action 'self'", "frame-ancestors 'none'"):
        assert rule in policy
    assert probe["headers"]["X-Frame-Options"] == "DENY"
    assert probe["headers"]["X-Content-Type-Options"] == "nosniff"
    assert probe["headers"]["Referrer-Policy"] == "same-origin"
    assert probe["headers"]["Cross-Origin-Opener-Policy"] == "same-origin"
