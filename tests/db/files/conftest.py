"""Who brings files in."""

import pytest


@pytest.fixture
def importer(home, administrator, at, finish_work, english):
    """Imports of the administrator."""
    from tests.factories.imports import Importer

    return Importer(administrator, at, finish_work)
