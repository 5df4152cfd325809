"""The catalogue: a draft of one service, and another that waits for a second person."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass
class Drafts:
    """What the addresses of the catalogue are about."""

    draft: Any
    proposed: Any


def draft_of(code: str, by: Any, *, at: datetime) -> Any:
    """Return a draft of a service, made from what came with Dakehu."""
    from dakehu.catalogue.models import ServiceVersion
    from dakehu.catalogue.operations import draft_version

    first = ServiceVersion.objects.get(service__code=code, number=1)
    return draft_version(based_on=first, by=by, at=at)


def more_training(draft: Any, by: Any, *, at: datetime, least: int = 3) -> Any:
    """Promise A groups so many trainings a year in a draft of C12."""
    from dakehu.catalogue.choices import Cycle
    from dakehu.catalogue.operations import save_terms
    from dakehu.catalogue.values import Frequency, Terms

    terms = Terms(text=f"每年 {least} 次", frequency=Frequency(least, least, Cycle.YEAR))
    places = [("group-abc", 5), ("group-abc", 4)]
    return save_terms(draft=draft, places=places, terms=terms, version=draft.version, by=by, at=at)


def propose_training(by: Any, *, at: datetime, active_from: date = date(2099, 1, 1)) -> Any:
    """Propose more training for A groups."""
    from dakehu.catalogue.operations import propose_version

    draft = more_training(draft_of("C12", by, at=at), by, at=at)
    return propose_version(
        draft=draft, active_from=active_from, reason="提升培训频次", by=by, at=at
    )


def make_catalogue(people: Any, *, at: datetime) -> Drafts:
    """Let the operations centre draft C1 and propose C12."""
    by = people.operations_center
    return Drafts(draft_of("C1", by, at=at), propose_training(by, at=at))


def taken_away(code: str, places: Any, by: Any, *, at: datetime) -> Any:
    """Draft a version of a service that promises levels neither a time nor a number of times."""
    from dataclasses import replace

    from dakehu.catalogue.operations import save_terms
    from dakehu.catalogue.rules.bodies import body_from_data

    draft = draft_of(code, by, at=at)
    scheme, rank = places[0]
    terms = body_from_data(draft.body).standards[scheme][rank]
    left = replace(terms, times=(), frequency=None)
    return save_terms(draft=draft, places=places, terms=left, version=draft.version, by=by, at=at)


def published(draft: Any, by: Any, second: Any, *, at: datetime, active_from: date) -> Any:
    """Let two people publish a draft from a day on."""
    from dakehu.catalogue.operations import propose_version, publish_version

    proposed = propose_version(draft=draft, active_from=active_from, reason="调整", by=by, at=at)
    return publish_version(proposed=proposed, version=proposed.version, by=second, at=at)


def own_service(by: Any, *, at: datetime, code: str = "Q1") -> Any:
    """Draft a service of the operator's own that promises nobody anything yet."""
    from dakehu.catalogue.models import Service
    from dakehu.catalogue.operations import add_service
    from dakehu.catalogue.values import Body

    service = Service(code=code, name="驻点体检", name_en="Line check", family="AFTERSALE")
    body = Body(content="每年上门检查专线。", leading=("KEY_ACCOUNTS",), classes=("BASIC",))
    return add_service(service=service, body=body, by=by, at=at)
