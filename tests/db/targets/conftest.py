"""What tests of target groups share."""

import pytest


@pytest.fixture
def world(home):
    """Facts at rest that groups are chosen from."""
    from tests.factories.worlds import world_at

    with world_at(home) as found:
        yield found
