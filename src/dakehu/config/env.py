"""Typed readers of environment values; each refuses nonsense and says what would be right."""

import os
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"0", "false", "no", "off"}


def read_text(name: str, default: str) -> str:
    """Return the value of ``name``, or ``default`` when it is unset or empty."""
    return os.environ.get(name, "") or default


def read_bool(name: str, default: bool) -> bool:
    """Return a yes or no.

    :raises ImproperlyConfigured: if the value is neither.
    """
    value = os.environ.get(name, "").strip().lower()
    if value in TRUE_WORDS:
        return True
    if value in FALSE_WORDS:
        return False
    if value:
        raise ImproperlyConfigured(f"{name}={value!r} is not understood; use 'true' or 'false'.")
    return default


def read_int(name: str, default: int, *, low: int, high: int) -> int:
    """Return a whole number between ``low`` and ``high``, both included.

    :raises ImproperlyConfigured: if it is no number, or outside.
    """
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
        raise ImproperlyConfigured(
            f"{name}={value!r} is not understood; use a whole number from {low} to {high}."
        )
    return int(value)


def read_choice(name: str, default: str, choices: tuple[str, ...]) -> str:
    """Return one of ``choices``.

    :raises ImproperlyConfigured: if the value is none of them.
    """
    value = read_text(name, default)
    if value not in choices:
        raise ImproperlyConfigured(
            f"{name}={value!r} is not understood; use one of {', '.join(choices)}."
        )
    return value


def read_list(name: str, default: str) -> list[str]:
    """Return the comma-separated words of a value."""
    return [word.strip() for word in read_text(name, default).split(",") if word.strip()]


def read_words(name: str, choices: tuple[str, ...], default: str = "") -> frozenset[str]:
    """Return the comma-separated words of a value, each one of ``choices``.

    :raises ImproperlyConfigured: if one of the words is another.
    """
    words = frozenset(read_list(name, default))
    if strange := sorted(words - set(choices)):
        raise ImproperlyConfigured(
            f"{name} names {', '.join(strange)}, which is not understood; "
            f"use words out of {', '.join(choices)}."
        )
    return words


def read_networks(name: str, default: str) -> list[str]:
    """Return the comma-separated addresses or networks of a value.

    :raises ImproperlyConfigured: if one of them is neither.
    """
    networks = read_list(name, default)
    for network in networks:
        try:
            ip_network(network)
        except ValueError as error:
            raise ImproperlyConfigured(
                f"{name} names {network!r}, which is not understood; "
                "use addresses such as 127.0.0.1 or networks such as 198.51.100.0/24."
            ) from error
    return networks


def read_secure_url(name: str) -> str:
    """Return an ``https`` address without a slash at its end; unset means none.

    Plain ``http`` is taken from this machine itself only, where nobody listens in between.

    :raises ImproperlyConfigured: if the value is another.
    """
    value = read_text(name, "").rstrip("/")
    url = urlsplit(value)
    is_near = url.scheme == "http" and url.hostname in {"localhost", "127.0.0.1", "::1"}
    if value and not (url.hostname and (url.scheme == "https" or is_near)):
        raise ImproperlyConfigured(
            f"{name}={value!r} is not understood; use https://host or https://host/path."
        )
    return value


def read_gateway(name: str) -> str:
    """Return where SMS go: an ``https`` address, or the address of a folder; unset means nowhere.

    :raises ImproperlyConfigured: if the value is another.
    """
    value = read_text(name, "")
    if value.startswith(("http:", "https:")):
        return read_secure_url(name)
    scheme = urlsplit(value).scheme
    if value and not (value.startswith("/") or scheme in {"file", "sftp", "ftp", "ftps"}):
        raise ImproperlyConfigured(
            f"{name}={value!r} is not understood; use https://host/path, or a folder such as "
            "/path or sftp://user@host/path."
        )
    return value


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed over; without a host, nowhere."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    is_tls: bool = False
    turns_to_tls: bool = False


def read_mail_server(name: str) -> MailServer:
    """Return the mail server that a URL names; unset means none.

    :raises ImproperlyConfigured: if the URL is of another kind.
    """
    value = read_text(name, "")
    if not value:
        return MailServer()
    url = urlsplit(value)
    if url.scheme not in {"smtp", "smtps"} or not url.hostname or not has_good_port(url):
        raise ImproperlyConfigured(
            f"{name} is not understood; use smtps://user:password@host:port, or smtp:// for a "
            "server that turns to TLS itself (smtp://host?tls=no for none)."
        )
    is_tls = url.scheme == "smtps"
    return MailServer(
        url.hostname,
        url.port or (465 if is_tls else 25),
        unquote(url.username or ""),
        unquote(url.password or ""),
        is_tls,
        not is_tls and dict(parse_qsl(url.query)).get("tls") != "no",
    )


def read_directory_url(name: str) -> str:
    """Return the address of a directory server; unset means none.

    :raises ImproperlyConfigured: if the value is another.
    """
    value = read_text(name, "")
    url = urlsplit(value)
    if value and not (url.scheme in {"ldap", "ldaps"} and url.hostname):
        raise ImproperlyConfigured(
            f"{name}={value!r} is not understood; use ldaps://host or ldap://host:port."
        )
    return value


def read_folder(name: str, default: str) -> Path:
    """Return an absolute folder path, which need not exist yet.

    :raises ImproperlyConfigured: if the path is a file.
    """
    folder = Path(read_text(name, default)).expanduser().absolute()
    if folder.exists() and not folder.is_dir():
        raise ImproperlyConfigured(f"{name}={folder} is a file; name a folder.")
    return folder


def read_database(name: str, home: Path) -> dict[str, Any]:
    """Return Django's description of the records database.

    Unset means SQLite in ``home``; otherwise a URL ``sqlite:///path`` or
    ``postgresql://user:password@host:port/name``.

    :raises ImproperlyConfigured: if the URL is of another kind or names no database.
    """
    value = read_text(name, "")
    if not value:
        return sqlite_database(str(home / "db.sqlite3"))
    url = urlsplit(value)
    if url.scheme == "sqlite" and url.path.strip("/"):
        return sqlite_database(unquote(url.path))
    if url.scheme in {"postgres", "postgresql"} and url.path.strip("/") and has_good_port(url):
        return postgresql_database(url)
    raise ImproperlyConfigured(
        f"{name} is not understood; use sqlite:///path/to/file or "
        "postgresql://user:password@host:port/database."
    )


def has_good_port(url: SplitResult) -> bool:
    """Tell whether the port of a URL is absent or a number that a port can have."""
    try:
        return url.port is None or url.port > 0
    except ValueError:
        return False


def postgresql_database(url: SplitResult) -> dict[str, Any]:
    """Return the PostgreSQL description; the query of the URL goes to the driver."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": url.hostname or "",
        "PORT": str(url.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(url.query)),
    }


def sqlite_database(path: str) -> dict[str, Any]:
    """Return the SQLite description: write-ahead log, immediate transactions, patient locks."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "timeout": 30,
            # A transaction that reads first and writes later cannot be made to wait in SQLite;
            # taking the write lock at once turns such failures into short waits.
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
            "PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;",
        },
    }
