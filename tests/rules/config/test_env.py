"""Readers of environment values take what is right, and refuse the rest in a useful sentence."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from dakehu.config import env

NAME = "DAKEHU_SOMETHING"


@pytest.fixture
def given(monkeypatch):
    """Return a function that sets the value, or unsets it."""

    def give(value: str | None) -> None:
        if value is None:
            monkeypatch.delenv(NAME, raising=False)
        else:
            monkeypatch.setenv(NAME, value)

    return give


@pytest.mark.parametrize(("value", "text"), [(None, "so"), ("", "so"), ("x", "x")])
def test_read_text_takes_the_default_for_nothing(given, value, text):
    given(value)

    assert env.read_text(NAME, "so") == text


@pytest.mark.parametrize("value", ["1", "true", "YES", " on "])
def test_read_bool_knows_words_for_yes(given, value):
    given(value)

    assert env.read_bool(NAME, default=False) is True


@pytest.mark.parametrize("value", ["0", "False", "no", "OFF"])
def test_read_bool_knows_words_for_no(given, value):
    given(value)

    assert env.read_bool(NAME, default=True) is False


@pytest.mark.parametrize("default", [True, False])
def test_read_bool_takes_the_default_for_nothing(given, default):
    given("")

    assert env.read_bool(NAME, default=default) is default


@pytest.mark.parametrize("value", ["maybe", "2", "是", "tru e"])
def test_read_bool_refuses_other_words(given, value):
    given(value)

    with pytest.raises(ImproperlyConfigured, match=f"{NAME}='{value}' .* use 'true' or 'false'"):
        env.read_bool(NAME, default=True)


@pytest.mark.parametrize(("value", "number"), [(None, 7), ("1", 1), ("9", 9), (" 5 ", 5)])
def test_read_int_takes_numbers_within_its_limits(given, value, number):
    given(value)

    assert env.read_int(NAME, 7, low=1, high=9) == number


@pytest.mark.parametrize("value", ["0", "10", "-1", "1.5", "1e3", "seven", "٣", "0x1"])
def test_read_int_refuses_all_else(given, value):
    given(value)

    with pytest.raises(ImproperlyConfigured, match="a whole number from 1 to 9"):
        env.read_int(NAME, 7, low=1, high=9)


def test_read_choice_refuses_what_is_not_offered(given):
    given("de")

    with pytest.raises(ImproperlyConfigured, match="use one of zh-hans, en"):
        env.read_choice(NAME, "en", ("zh-hans", "en"))


def test_read_list_drops_blanks(given):
    given(" a, ,b,")

    assert env.read_list(NAME, "") == ["a", "b"]


def test_read_folder_gives_an_absolute_path_that_need_not_exist(given, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    given("inner/home")

    assert env.read_folder(NAME, "var") == tmp_path / "inner" / "home"


def test_read_folder_refuses_a_file(given, tmp_path):
    file = tmp_path / "file"
    file.touch()
    given(str(file))

    with pytest.raises(ImproperlyConfigured, match="is a file; name a folder"):
        env.read_folder(NAME, "var")


def test_read_database_is_sqlite_in_the_home_folder_by_default(given, tmp_path):
    given(None)

    database = env.read_database(NAME, tmp_path)

    assert database["ENGINE"] == "django.db.backends.sqlite3"
    assert database["NAME"] == str(tmp_path / "db.sqlite3")


def test_read_database_understands_a_sqlite_url(given, tmp_path):
    given("sqlite:///data/key%20accounts.sqlite3")

    assert env.read_database(NAME, tmp_path)["NAME"] == "/data/key accounts.sqlite3"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_read_database_understands_a_postgresql_url(given, tmp_path, scheme):
    given(f"{scheme}://da%20ke:p%40ss@db.example.com:5433/key%20accounts?sslmode=require")

    database = env.read_database(NAME, tmp_path)

    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert database["NAME"] == "key accounts"
    assert (database["USER"], database["PASSWORD"]) == ("da ke", "p@ss")
    assert (database["HOST"], database["PORT"]) == ("db.example.com", "5433")
    assert database["OPTIONS"] == {"sslmode": "require"}


@pytest.mark.parametrize(
    "value",
    [
        "mysql://localhost/dakehu",
        "postgresql://localhost",
        "dakehu",
        "postgresql:///",
        "postgresql://localhost:port/dakehu",
        "postgresql://localhost:0/dakehu",
        "sqlite://",
    ],
)
def test_read_database_refuses_other_urls(given, tmp_path, value):
    given(value)

    with pytest.raises(ImproperlyConfigured, match="use sqlite:///"):
        env.read_database(NAME, tmp_path)


def test_a_refused_database_url_keeps_its_password_to_itself(given, tmp_path):
    given("mysql://dakehu:secret@localhost/dakehu")

    with pytest.raises(ImproperlyConfigured) as refusal:
        env.read_database(NAME, tmp_path)

    assert "secret" not in str(refusal.value)


def test_read_words_takes_words_out_of_those_it_knows(given):
    given(" B , A ")

    assert env.read_words(NAME, ("A", "B", "C")) == {"A", "B"}


def test_read_words_is_empty_when_unset(given):
    given(None)

    assert env.read_words(NAME, ("A",)) == frozenset()


@pytest.mark.parametrize("value", ["A,D", "a"])
def test_read_words_names_what_it_does_not_know(given, value):
    given(value)

    with pytest.raises(ImproperlyConfigured, match="use words out of A, B"):
        env.read_words(NAME, ("A", "B"))


@pytest.mark.parametrize("value", ["127.0.0.1", "198.51.100.0/24, ::1"])
def test_read_networks_takes_addresses_and_networks(given, value):
    given(value)

    assert ", ".join(env.read_networks(NAME, "")) == value


@pytest.mark.parametrize("value", ["proxy", "198.51.100.7/24", "*"])
def test_read_networks_refuses_names(given, value):
    given(value)

    with pytest.raises(ImproperlyConfigured, match="use addresses such as"):
        env.read_networks(NAME, "")


@pytest.mark.parametrize(
    ("value", "url"),
    [
        (None, ""),
        ("https://login.example.com/realm/", "https://login.example.com/realm"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://localhost", "http://localhost"),
    ],
)
def test_read_secure_url_takes_https_and_this_machine(given, value, url):
    given(value)

    assert env.read_secure_url(NAME) == url


@pytest.mark.parametrize("value", ["http://login.example.com", "login.example.com", "https://"])
def test_read_secure_url_refuses_what_others_could_listen_to(given, value):
    given(value)

    with pytest.raises(ImproperlyConfigured, match="use https://"):
        env.read_secure_url(NAME)


@pytest.mark.parametrize("value", ["", "ldaps://directory.example.com", "ldap://127.0.0.1:3389"])
def test_read_directory_url_takes_addresses_of_directories(given, value):
    given(value)

    assert env.read_directory_url(NAME) == value


@pytest.mark.parametrize("value", ["https://directory.example.com", "ldaps://", "directory"])
def test_read_directory_url_refuses_what_is_none(given, value):
    given(value)

    with pytest.raises(ImproperlyConfigured, match="ldaps://host"):
        env.read_directory_url(NAME)
