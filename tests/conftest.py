"""What every test stands on: a home of its own, quick settings, and the people of a province.

The home folder must be in the environment before settings are read, so this module names the
settings itself instead of leaving that to the test runner's configuration.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

SESSION_HOME = Path(tempfile.mkdtemp(prefix="dakehu-tests-"))
os.environ["DAKEHU_HOME"] = str(SESSION_HOME)
os.environ["DJANGO_SETTINGS_MODULE"] = "dakehu.config.settings"

# The suite tries the same examples everywhere, however busy the machine is; to look for new ones:
# pytest tests/generative --hypothesis-profile=explore
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("explore", PATIENT)
settings.register_profile("suite", PATIENT, derandomize=True)
settings.load_profile("suite")

AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


def pytest_configure() -> None:
    """Keep tests off the network, and leave out what only slows them down.

    That is costly password hashing and hashed static names.
    """
    from django.conf import settings
    from tests.network import close_network

    close_network()

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    # In memory all connections share one cache, where a reader of the live server locks out the
    # flush after a browser test; a file behaves as in production.
    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = test_database(settings)
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]


def test_database(settings) -> str | None:
    """Return where the test database lies: a file on SQLite, the server's own choice elsewhere."""
    is_file = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    return str(SESSION_HOME / "test.sqlite3") if is_file else None


def pytest_unconfigure() -> None:
    """Remove the session's home, and open the network for what runs after the tests."""
    from tests.network import open_network

    open_network()
    shutil.rmtree(SESSION_HOME, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def quick_flushes() -> None:
    """Tests that commit pay for their own rows alone."""
    from tests.factories.databases import make_flushes_quick

    make_flushes_quick()


@pytest.fixture(scope="session")
def preparation(request, django_test_environment, django_db_blocker):
    """How this process comes by its database."""
    from tests.factories.prepared import Preparation

    with django_db_blocker.unblock():
        return Preparation(request.config.cache.mkdir("migrated"))


@pytest.fixture(scope="session")
def django_db_keepdb(preparation) -> bool:
    """The test database is there already if a copy was found."""
    return preparation.is_there


@pytest.fixture(scope="session")
def django_db_setup(preparation, django_db_setup, django_db_blocker) -> None:
    """The test database, of which a copy is kept for others."""
    if not preparation.is_there:
        with django_db_blocker.unblock():
            preparation.keep()


@pytest.fixture
def at() -> datetime:
    """The instant at which tests act: the morning of 2 March 2026 in China."""
    return AT


@pytest.fixture
def home(settings, tmp_path) -> Path:
    """A fresh home folder of this test alone, with its inbox and outbox."""
    folder = tmp_path / "home"
    for name in ("", "inbox", "outbox", "facts", "work", "results"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    settings.HOME = folder
    settings.INBOX_URL = str(folder / "inbox")
    settings.OUTBOX_URL = str(folder / "outbox")
    settings.MEDIA_ROOT = folder / "media"
    return folder


@pytest.fixture
def people(db):
    """Everybody: the units of a province and one person in each role (tests.factories.people)."""
    from tests.factories.people import make_people

    return make_people()


@pytest.fixture
def manager(people):
    """The manager, in the first district of city 01."""
    return people.manager


@pytest.fixture
def colleague(people):
    """Another manager of the same unit."""
    return people.colleague


@pytest.fixture
def stranger(people):
    """A manager of the other city."""
    return people.stranger


@pytest.fixture
def supervisor(people):
    """The head of city 01."""
    return people.supervisor


@pytest.fixture
def dispatcher(people):
    """The dispatcher of city 01."""
    return people.dispatcher


@pytest.fixture
def hotline_agent(people):
    """The hotline agent of city 01."""
    return people.hotline_agent


@pytest.fixture
def hall_clerk(people):
    """The clerk at the counter of the manager's district."""
    return people.hall_clerk


@pytest.fixture
def telephone_manager(people):
    """The telephone manager of city 01."""
    return people.telephone_manager


@pytest.fixture
def province_analyst(people):
    """The analyst of the province."""
    return people.province_analyst


@pytest.fixture
def headquarters_analyst(people):
    """The analyst of the headquarters."""
    return people.headquarters_analyst


@pytest.fixture
def administrator(people):
    """The administrator."""
    return people.administrator


@pytest.fixture
def customers(people):
    """Customers of the manager, of her colleague, of the stranger, of nobody, and a group."""
    from tests.factories.customers import make_customers

    return make_customers(people)


@pytest.fixture
def sign_in() -> Callable:
    """Return a function that gives a browser signed in as a person."""
    from django.test import Client

    def client_of(staff, **options):
        client = Client(**options)
        client.force_login(staff, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return client_of


@pytest.fixture
def finish_work() -> Callable:
    """Return a function that does all background work that is due, as a worker would."""
    from dakehu.exchange.jobs import working

    def finish() -> int:
        done = 0
        while working.do_next("worker-of-the-tests"):
            done += 1
        return done

    return finish


@pytest.fixture
def english() -> Iterator[None]:
    """Speak English for the length of a test that reads words outside a page."""
    from django.utils import translation

    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def nothing_wanted() -> None:
    """Let no test believe what the last one knew of who wants to be told of events."""
    from dakehu.hooks.queries import forget_wanted

    forget_wanted()


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """Let no test speak on in the language of the last page that another one asked for."""
    from django.utils import translation

    yield
    translation.deactivate()
