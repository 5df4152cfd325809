"""Clocks of the manager's district."""

import pytest
from tests.factories.clocks import Runner


@pytest.fixture
def run(people):
    """Whoever starts, pauses and stops clocks."""
    return Runner(people, people.units.district)
