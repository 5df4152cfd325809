"""Facts of a decision as plain data, and back: what was decided can be explained, and redone."""

from collections.abc import Mapping
from typing import Any

from dakehu.channels.choices import Channel, Class
from dakehu.channels.values import Candidate, Facts, named_from_data, named_to_data

FLAGS = ("has_specifics", "plans", "is_willing", "in_person")


def facts_to_data(facts: Facts) -> dict[str, Any]:
    """Return facts as plain data."""
    return {
        "channel": facts.channel.value,
        "named": named_to_data(facts.named),
        **{name: getattr(facts, name) for name in FLAGS},
        "class": facts.customer_class.value,
        "authorities": sorted(facts.authorities),
        "manager": candidate_to_data(facts.manager),
        "partners": [candidate_to_data(each) for each in facts.partners],
        "telephone": candidate_to_data(facts.telephone),
    }


def facts_from_data(data: Mapping[str, Any]) -> Facts:
    """Return the facts that plain data tells."""
    partners = (candidate_from_data(each) for each in data["partners"])
    return Facts(
        channel=Channel(data["channel"]),
        named=named_from_data(data["named"]),
        **{name: bool(data[name]) for name in FLAGS},
        customer_class=Class(data["class"]),
        authorities=frozenset(data["authorities"]),
        manager=candidate_from_data(data["manager"]),
        partners=tuple(each for each in partners if each is not None),
        telephone=candidate_from_data(data["telephone"]),
    )


def candidate_to_data(candidate: Candidate | None) -> dict[str, Any] | None:
    """Return somebody who could take over as plain data."""
    if candidate is None:
        return None
    return {
        **vars(candidate),
        "deputy": candidate_to_data(candidate.deputy),
        "authorities": sorted(candidate.authorities),
    }


def candidate_from_data(data: Mapping[str, Any] | None) -> Candidate | None:
    """Return somebody who could take over, from plain data."""
    if data is None:
        return None
    deputy = candidate_from_data(data["deputy"])
    authorities = frozenset(data["authorities"])
    return Candidate(**{**data, "deputy": deputy, "authorities": authorities})
