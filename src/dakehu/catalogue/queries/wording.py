"""What a standard says, in words."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import get_language, gettext_lazy, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from dakehu.catalogue import choices
from dakehu.catalogue.models import Service
from dakehu.catalogue.values import (
    Advance,
    Coverage,
    FormRule,
    Frequency,
    Handling,
    PromisedTime,
    Terms,
)
from dakehu.clocks.choices import TimeUnit
from dakehu.people.choices import UnitFunction

NAMES = {
    "offer": gettext_lazy("Provided or not"),
    "text": gettext_lazy("Standard in Chinese"),
    "text_en": gettext_lazy("Standard in English"),
    "times": gettext_lazy("Promised times"),
    "frequency": gettext_lazy("How often"),
    "coverage": gettext_lazy("Coverage"),
    "limit_months": gettext_lazy("At most so many months"),
    "priority": gettext_lazy("Priority"),
    "forms": gettext_lazy("Forms allowed"),
    "handling": pgettext_lazy("of a service", "Handling"),
    "content": gettext_lazy("Content in Chinese"),
    "content_en": gettext_lazy("Content in English"),
    "work": gettext_lazy("Work in Chinese"),
    "work_en": gettext_lazy("Work in English"),
    "recipients": gettext_lazy("For whom"),
    "channels": gettext_lazy("Channels"),
    "leading": gettext_lazy("Leading units"),
    "supporting": gettext_lazy("Supporting units"),
    "classes": gettext_lazy("Classes of the service"),
    "depth": gettext_lazy("Depth"),
    "minimum": gettext_lazy("Batch from"),
    "advance": gettext_lazy("Told in advance"),
    "covers": gettext_lazy("Holds for requests of"),
}
SETS: dict[str, Any] = {
    "recipients": choices.Recipient,
    "channels": choices.Channel,
    "leading": UnitFunction,
    "supporting": UnitFunction,
    "classes": choices.ServiceClass,
}


def is_chinese() -> bool:
    """Tell whether the language of the moment is Chinese."""
    return (get_language() or "").startswith("zh")


def service_name(service: Service) -> str:
    """Return the name of a service in the language of the moment."""
    return service.name if is_chinese() else service.name_en


def text_of(said: Any, name: str = "text") -> str:
    """Return a text that is kept in two languages; the other one where one is missing."""
    first, second = (name, f"{name}_en") if is_chinese() else (f"{name}_en", name)
    return str(getattr(said, first) or getattr(said, second))


def labels(codes: Iterable[str], known: Any) -> str:
    """Return codes of a set in words."""
    said = dict(known.choices)
    return _(", ").join(str(said.get(code, code)) for code in codes)


def time_words(time: PromisedTime) -> str:
    """Return a promised time: "Initial answer: within 1 working days"."""
    within = _(" or ").join(
        str(TimeUnit(each.unit).label)
        if each.unit == TimeUnit.SAME_DAY
        else f"{each.amount} {TimeUnit(each.unit).label}"
        for each in time.standards
    )
    if len(time.standards) > 1:
        within = _("%(times)s, whichever is earlier") % {"times": within}
    return f"{time.kind.label}: {within}"


def frequency_words(frequency: Frequency) -> str:
    """Return how often something recurs: "at least 2 per year (visit on site)"."""
    facts = {"least": frequency.least, "cycle": frequency.cycle.label}
    words = _("at least %(least)s per %(cycle)s") % facts
    if frequency.goal > frequency.least:
        words += _(", aiming at %(goal)s") % {"goal": frequency.goal}
    if frequency.population != choices.Population.ALL:
        words += f" · {frequency.population.label}"
    return words + (f" · {frequency.form.label}" if frequency.form else "")


def coverage_words(coverage: Coverage) -> str:
    """Return a share: "80 % of other customers"."""
    facts = {"percent": coverage.percent, "whom": coverage.population.label}
    return _("%(percent)s %% of %(whom)s") % facts


def form_words(rule: FormRule) -> str:
    """Return by what customers are reached on an occasion."""
    words = f"{rule.occasion.label}: {labels(rule.forms, choices.Form)}"
    is_all = rule.population == choices.Population.ALL
    return words if is_all else f"{words} ({rule.population.label})"


def handling_words(handling: Handling) -> str:
    """Return who takes a request and how an engineer is sent."""
    parts = [
        " → ".join(str(mode.label) for mode in handling.modes),
        str(handling.handler.label),
        str(handling.dispatch.label),
    ]
    if handling.same_engineer:
        parts.append(_("in principle the original engineer"))
    return " · ".join(parts)


def advance_words(advance: Advance) -> str:
    """Return how long before a launch channels are told."""
    said = _("%(days)s working days before") if advance.working else _("%(days)s days before")
    words = said % {"days": advance.days}
    return words + (_(", trained by then") if advance.trained else "")


WORDS: dict[str, Callable[[Any], str]] = {
    "offer": lambda value: str(value.label),
    "times": lambda value: "; ".join(map(time_words, value)),
    "frequency": frequency_words,
    "coverage": lambda value: "; ".join(map(coverage_words, value)),
    "limit_months": lambda value: _("%(count)s months") % {"count": value},
    "forms": lambda value: "; ".join(map(form_words, value)),
    "handling": handling_words,
    "advance": advance_words,
    "depth": lambda value: str(choices.Depth(value).label),
    "covers": ", ".join,
}


def value_words(name: str, value: Any) -> str:
    """Return what one part of a version says; a dash where it says nothing."""
    if value in (None, "", ()):
        return "–"
    if name in SETS:
        return labels(value, SETS[name])
    return WORDS[name](value) if name in WORDS else str(value)


def figures_of(terms: Terms) -> list[tuple[str, str]]:
    """Return the figures of the terms of a level: what each is called, and what it says."""
    names = ("times", "frequency", "coverage", "limit_months", "forms", "handling", "priority")
    return [
        (str(NAMES[name]), value_words(name, getattr(terms, name)))
        for name in names
        if getattr(terms, name) not in (None, ())
    ]


def levels_words(names: Iterable[str]) -> str:
    """Return levels that share a standard."""
    return pgettext("between levels", " · ").join(names)
