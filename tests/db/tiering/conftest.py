"""What tests of tiering share."""

import pytest


@pytest.fixture
def world(home):
    """Facts at rest that evaluations read."""
    from tests.factories.worlds import world_at

    with world_at(home) as found:
        yield found
