"""Versions of a service as plain data, there and back."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from dakehu.catalogue.choices import (
    Cycle,
    Dispatch,
    Form,
    Handler,
    Mode,
    Occasion,
    Offer,
    Population,
)
from dakehu.catalogue.values import (
    Advance,
    Body,
    Coverage,
    FormRule,
    Frequency,
    Handling,
    PromisedTime,
    Terms,
)
from dakehu.clocks.choices import ClockKind, TimeUnit
from dakehu.clocks.values import Standard

TEXTS = ("content", "content_en", "work", "work_en")
CODES = ("recipients", "channels", "leading", "supporting", "classes", "covers")


def body_to_data(body: Body) -> dict[str, Any]:
    """Return a version as the records keep it."""
    data = {name: getattr(body, name) for name in (*TEXTS, "depth", "minimum")}
    data |= {name: list(getattr(body, name)) for name in CODES}
    data["advance"] = None if body.advance is None else asdict(body.advance)
    data["standards"] = {
        scheme: {str(rank): terms_to_data(terms) for rank, terms in sorted(levels.items())}
        for scheme, levels in sorted(body.standards.items())
    }
    return data


def body_from_data(data: Mapping[str, Any]) -> Body:
    """
    Return a version from what the records or a pack keep.

    :raises ValueError: if something names what there is not.
    """
    advance = data.get("advance")
    texts: dict[str, Any] = {name: str(data.get(name) or "") for name in TEXTS}
    codes: dict[str, Any] = {name: tuple(data.get(name) or ()) for name in CODES}
    return Body(
        **texts,
        **codes,
        depth=int(data.get("depth") or 1),
        minimum=data.get("minimum"),
        advance=None if not advance else Advance(**advance),
        standards={
            scheme: {int(rank): terms_from_data(terms) for rank, terms in levels.items()}
            for scheme, levels in (data.get("standards") or {}).items()
        },
    )


def digest_of(data: Mapping[str, Any]) -> str:
    """Return a name for a version by what it says."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def terms_to_data(terms: Terms) -> dict[str, Any]:
    """Return the terms of a level as plain data; what is not said is left out."""
    data: dict[str, Any] = {
        "offer": str(terms.offer),
        "text": terms.text,
        "text_en": terms.text_en,
        "times": [
            {"kind": str(each.kind), "within": [[s.amount, str(s.unit)] for s in each.standards]}
            for each in terms.times
        ],
        "frequency": terms.frequency and asdict(terms.frequency),
        "coverage": [asdict(each) for each in terms.coverage],
        "limit_months": terms.limit_months,
        "priority": terms.priority,
        "forms": [{**asdict(each), "forms": list(each.forms)} for each in terms.forms],
        "handling": terms.handling
        and {**asdict(terms.handling), "modes": list(terms.handling.modes)},
    }
    kept = {name: value for name, value in data.items() if value not in (None, "", [])}
    plain: dict[str, Any] = json.loads(json.dumps(kept))
    return plain


def terms_from_data(data: Mapping[str, Any]) -> Terms:
    """
    Return the terms of a level.

    :raises ValueError: if they name what there is not.
    """
    frequency, handling = data.get("frequency"), data.get("handling")
    return Terms(
        offer=Offer(data.get("offer", Offer.GIVEN)),
        text=str(data.get("text", "")),
        text_en=str(data.get("text_en", "")),
        times=tuple(time_from_data(each) for each in data.get("times", ())),
        frequency=frequency_from_data(frequency) if frequency else None,
        coverage=tuple(
            Coverage(int(each["percent"]), Population(each.get("population", Population.ALL)))
            for each in data.get("coverage", ())
        ),
        limit_months=data.get("limit_months"),
        priority=data.get("priority"),
        forms=tuple(form_rule_from_data(each) for each in data.get("forms", ())),
        handling=handling_from_data(handling) if handling else None,
    )


def time_from_data(data: Mapping[str, Any]) -> PromisedTime:
    """Return a promised time."""
    within = tuple(Standard(int(amount), TimeUnit(unit)) for amount, unit in data["within"])
    if not within:
        raise ValueError("a promised time without a standard")
    return PromisedTime(ClockKind(data["kind"]), within)


def frequency_from_data(data: Mapping[str, Any]) -> Frequency:
    """Return how often something recurs; the goal is the least unless more is aimed at."""
    least = int(data["least"])
    form = data.get("form")
    return Frequency(
        least=least,
        goal=int(data.get("goal") or least),
        cycle=Cycle(data["cycle"]),
        population=Population(data.get("population", Population.ALL)),
        form=Form(form) if form else None,
    )


def form_rule_from_data(data: Mapping[str, Any]) -> FormRule:
    """Return by what customers are reached on an occasion."""
    return FormRule(
        Occasion(data["occasion"]),
        tuple(Form(each) for each in data["forms"]),
        Population(data.get("population", Population.ALL)),
    )


def handling_from_data(data: Mapping[str, Any]) -> Handling:
    """Return who takes a request and how an engineer is sent."""
    return Handling(
        tuple(Mode(each) for each in data["modes"]),
        Handler(data["handler"]),
        Dispatch(data["dispatch"]),
        bool(data.get("same_engineer", False)),
    )
