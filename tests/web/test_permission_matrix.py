"""
Who may open which address: every address of the site, every person and nobody, GET and POST.

The table (:mod:`tests.web.permission_matrix`) names the permission of each address. Without it
the answer is 403, out of reach 404, without a log-in the way to it. An address that is not in
the table fails the suite, so that nobody forgets to think about it.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLResolver
from tests.factories.things import Things, make_things
from tests.web.asked import ALL
from tests.web.permission_matrix import ADDRESSES, FOREIGN, PUBLIC

from dakehu.config.roles import ROLES

METHODS = ("GET", "POST")


def names_of(resolver: URLResolver, spaces: tuple[str, ...] = ()) -> set[str]:
    """Return the names of all addresses below a resolver."""
    names = set()
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            names |= names_of(entry, (*spaces, entry.namespace) if entry.namespace else spaces)
        else:
            names.add(":".join((*spaces, entry.name or str(entry.pattern))))
    return names


@pytest.fixture
def things(people, customers, home) -> Things:
    """What the addresses are about."""
    return make_things(people, customers)


@pytest.fixture
def ask(things) -> Callable[..., Any]:
    """Return a function that sends the request of the table, and forgets what it changed."""

    def asked(client, name: str, method: str) -> Any:
        address = ADDRESSES[name]
        url = reverse(name, args=address.arguments(things))
        with transaction.atomic():
            response = client.get(url) if method == "GET" else client.post(url, address.post or {})
            transaction.set_rollback(True)
        if response.streaming:
            # Reading a file to its end closes it.
            b"".join(response.streaming_content)
        return response

    return asked


def test_every_address_is_in_the_table():
    assert names_of(get_resolver()) - FOREIGN == ADDRESSES.keys()


def test_every_person_and_every_role_is_asked(people):
    assert people.everybody.keys() == ALL
    assert {person.role for person in people.everybody.values()} == {role.code for role in ROLES}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", ADDRESSES)
def test_an_address_answers_each_person_as_the_table_says(sign_in, people, ask, name, method):
    address = ADDRESSES[name]

    found = {
        part: ask(sign_in(person), name, method).status_code
        for part, person in people.everybody.items()
    }

    assert found == {
        part: address.expected(
            may=not address.permission or person.may(address.permission), part=part, method=method
        )
        for part, person in people.everybody.items()
    }


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", ADDRESSES)
def test_an_address_leads_nobody_past_the_log_in(client, ask, name, method):
    response = ask(client, name, method)

    if name in PUBLIC:
        assert response.status_code == PUBLIC[name][METHODS.index(method)]
    else:
        assert response.status_code == 302
        assert response.url.startswith(reverse("ui:login"))
