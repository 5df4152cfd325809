"""The site with an example list, in English, and fourteen customers of the manager."""

from datetime import date

import pytest

# Ties and missing values on purpose: names repeat, and every third contract has no end.
NAMES = ("Anna", "Bert", "Bert", "Bert", "Cleo")


@pytest.fixture(autouse=True)
def example_site(settings):
    settings.ROOT_URLCONF = "tests.web.ui.urls"
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def screen():
    from tests.web.ui.screens import EXAMPLES

    return EXAMPLES


@pytest.fixture
def fourteen(manager):
    """Customers of the manager with ties in the name and gaps in contract and credit."""
    from tests.factories.customers import CustomerFactory

    return [
        CustomerFactory(
            manager=manager,
            number=f"N{index:03d}",
            name=NAMES[index % len(NAMES)],
            contract_end=None if index % 3 == 0 else date(2026, 1 + index % 4, 1),
            credit_limit_fen=None if index % 4 == 0 else index % 5 * 1000,
        )
        for index in range(14)
    ]
