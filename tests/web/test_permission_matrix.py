"""
Who may open which address: every address of the site, every person and nobody, GET and POST.

The table (:mod:`tests.web.permission_matrix`) names the permission of each address. Without it
the answer is 403, out of reach 404, without a log-in the way to it. An address that is not in
the table fails the suite, so that nobody forgets to think about it.
"""

from collections.abc import Callable
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db import transaction
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLResolver
from tests.factories.sharing import is_ours
from tests.factories.things import Things, make_things
from tests.web.asked import ALL
from tests.web.permission_matrix import ADDRESSES, FOREIGN, PUBLIC

from dakehu.config.roles import ROLES

METHODS = ("GET", "POST")
SPACES = sorted({name.partition(":")[0] for name in ADDRESSES})


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
    """Return a function that sends the request of the table, and forgets what it changed.

    The browser of the person is as before afterwards: some addresses end its session.
    """

    def asked(client, name: str, method: str) -> Any:
        address = ADDRESSES[name]
        url = reverse(name, args=address.arguments(things))
        cookies = {key: morsel.value for key, morsel in client.cookies.items()}
        with transaction.atomic():
            response = client.get(url) if method == "GET" else client.post(url, address.post or {})
            transaction.set_rollback(True)
        client.cookies = SimpleCookie(cookies)
        if response.streaming:
            # Reading a file to its end closes it.
            b"".join(response.streaming_content)
        return response

    return asked


def names_in(space: str) -> list[str]:
    """Return the names of the addresses in a space of them."""
    return [name for name in ADDRESSES if name.partition(":")[0] == space]


def wanted_of(name: str, person: Any, part: str, method: str) -> int:
    """Return how an address must answer a person."""
    address = ADDRESSES[name]
    may = not address.permission or person.may(address.permission)
    return address.expected(may=may, part=part, method=method)


def test_every_address_is_in_the_table():
    assert names_of(get_resolver()) - FOREIGN == ADDRESSES.keys()


def test_every_person_and_every_role_is_asked(people):
    assert people.everybody.keys() == ALL
    assert {person.role for person in people.everybody.values()} == {role.code for role in ROLES}


# One province serves all addresses of a space: making it anew costs more than asking. Ten people
# ask hundreds of addresses; what they are answered does not hang on the database, so that each
# database asks half of them.
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("space", SPACES)
def test_addresses_answer_each_person_as_the_table_says(sign_in, people, ask, space, method):
    clients = {part: sign_in(person) for part, person in people.everybody.items()}

    answers = {
        (name, part): (
            ask(client, name, method).status_code,
            wanted_of(name, people.everybody[part], part, method),
        )
        for name in names_in(space)
        if is_ours(name, method)
        for part, client in clients.items()
    }

    assert {asked: told for asked, told in answers.items() if told[0] != told[1]} == {}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("space", SPACES)
def test_addresses_lead_nobody_past_the_log_in(client, ask, space, method):
    for name in names_in(space):
        response = ask(client, name, method)

        if name in PUBLIC:
            assert (name, response.status_code) == (name, PUBLIC[name][METHODS.index(method)])
        else:
            assert (name, response.status_code) == (name, 302)
            assert response.url.startswith(reverse("ui:login"))
