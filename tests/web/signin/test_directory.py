"""Log-in against a running directory server: it proves passwords, and makes no accounts."""

import pytest
from django.urls import reverse
from tests.factories.directory import BASE, PASSWORD, SLAPD, Directory, free_port
from tests.factories.people import StaffFactory

from dakehu.audit.models import Access
from dakehu.people.models import Staff
from dakehu.signin.models import SignIn
from dakehu.signin.policies.directory import directory_name

OWN = "Own-Password-2026"
SILENT = "The company directory does not answer"
NEEDED = pytest.mark.skipif(SLAPD is None, reason="slapd is not installed (Debian: slapd).")


@pytest.fixture(scope="module")
def directory(tmp_path_factory):
    """The directory: it knows 王芳 and two others, of whom one has no account."""
    made = Directory(tmp_path_factory.mktemp("directory"))
    made.start(["王芳", "closed", "visitor"])
    yield made
    made.stop()


@pytest.fixture
def wang(people):
    """A person with a Chinese user name, whose password only the directory knows."""
    made = StaffFactory(username="王芳", unit=people.units.district)
    made.set_unusable_password()
    made.save()
    return made


@pytest.fixture
def use(settings):
    """Return a function that names a directory in the settings."""

    def named(url: str, certificate: str = "") -> None:
        settings.LDAP_URL, settings.LDAP_CA = url, certificate
        settings.LDAP_BASE, settings.LDAP_NAME = BASE, "uid={name},{base}"
        settings.AUTHENTICATION_BACKENDS = [
            *settings.AUTHENTICATION_BACKENDS,
            "dakehu.signin.policies.DirectoryBackend",
        ]

    return named


def log_in(client, username, password=PASSWORD):
    return client.post(reverse("ui:login"), {"username": username, "password": password})


def words(response) -> str:
    return response.content.decode()


@NEEDED
@pytest.mark.parametrize("way", ["url", "safe_url"], ids=["StartTLS", "TLS"])
def test_the_directory_lets_in_who_has_an_account(client, directory, use, wang, way):
    use(getattr(directory, way), directory.certificate)

    response = log_in(client, "王芳")

    assert (response.status_code, response.url) == (302, "/")
    assert client.get(reverse("signin:own")).status_code == 200
    assert SignIn.objects.get().method == "DIRECTORY"
    assert Access.objects.get(verb="SIGNED_IN").actor_id == wang.pk


@NEEDED
@pytest.mark.parametrize(
    ("username", "password"),
    [
        ("王芳", "Falsch-2026-xx"),
        ("王芳", ""),
        ("visitor", PASSWORD),
        ("closed", PASSWORD),
        ("nobody", PASSWORD),
        ("王芳,ou=x", PASSWORD),
        ("*", PASSWORD),
    ],
    ids=["wrong", "empty", "no account", "closed", "unknown", "a path", "a wildcard"],
)
def test_nobody_else_gets_in_and_all_hear_the_same(
    client, directory, use, wang, username, password
):
    StaffFactory(username="closed", unit=wang.unit, is_active=False)
    use(directory.url, directory.certificate)
    before = Staff.objects.count()

    response = log_in(client, username, password)

    assert response.status_code == 200
    assert SILENT not in words(response)
    assert "_auth_user_id" not in client.session
    assert Staff.objects.count() == before


@NEEDED
def test_a_directory_that_cannot_show_who_it_is_is_not_trusted(client, directory, use, wang):
    use(directory.safe_url)

    response = log_in(client, "王芳")

    assert SILENT in words(response)
    assert "_auth_user_id" not in client.session


@NEEDED
def test_a_directory_account_that_was_closed_meanwhile_is_out(client, directory, use, wang):
    use(directory.url, directory.certificate)
    log_in(client, "王芳")
    Staff.objects.filter(pk=wang.pk).update(is_active=False)

    response = client.get(reverse("signin:own"))

    assert response.status_code == 302
    assert response.url.startswith(reverse("ui:login"))


def test_without_the_directory_only_passwords_kept_here_count(client, use, wang, manager):
    manager.set_password(OWN)
    manager.save()
    use(f"ldap://127.0.0.1:{free_port()}")

    silent = log_in(client, "王芳")
    stranger = log_in(client, "nobody")
    own = log_in(client, manager.username, OWN)

    assert SILENT in words(silent)
    assert SILENT in words(stranger)
    assert own.status_code == 302
    assert SignIn.objects.get().method == "PASSWORD"


def test_guessing_while_the_directory_is_silent_is_locked_out_like_ever(client, use, wang):
    use(f"ldap://127.0.0.1:{free_port()}")

    statuses = [log_in(client, "王芳", f"guess-{number}").status_code for number in range(6)]

    assert statuses[0] == 200
    assert statuses[-1] == 429


@pytest.mark.parametrize(
    ("pattern", "username", "name"),
    [
        ("uid={name},{base}", "a,b", "uid=a\\2cb,ou=people"),
        ("{name}@example.com", "wang+1", "wang+1@example.com"),
    ],
)
def test_a_name_cannot_climb_in_the_directory(settings, pattern, username, name):
    settings.LDAP_NAME, settings.LDAP_BASE = pattern, "ou=people"

    assert directory_name(username) == name
