"""What a signed-in person was shown stays in no cache."""

import pytest

pytestmark = pytest.mark.django_db


def test_a_signed_in_persons_page_is_kept_by_nobody(client, manager):
    client.force_login(manager)

    kept = client.get("/todos/")["Cache-Control"]

    assert {"private", "no-store"} <= set(kept.replace(" ", "").split(","))
