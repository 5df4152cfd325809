"""The telephone with the authenticator app."""

import pytest


@pytest.fixture
def telephone():
    """A telephone with an authenticator app that is nobody's second factor yet."""
    from tests.factories.signin import Telephone

    return Telephone()


@pytest.fixture
def app(telephone, manager, at):
    """The manager's authenticator app, set up at the instant of the tests."""
    return telephone.set_up_for(manager, at)
