"""A system that listens."""

import pytest


@pytest.fixture
def receiver(settings):
    """Listen on this machine, which the installation names as its own."""
    from tests.factories.hooks import Receiver

    settings.HOOK_NETWORKS = ["127.0.0.0/8"]
    made = Receiver()
    made.thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def told(people, receiver, at):
    """Let the listening system be told of everything in the city; returns it with its secret."""
    from tests.factories.hooks import subscribe

    return subscribe(people.administrator, people.units.city, at=at, url=receiver.url)
