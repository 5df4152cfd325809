"""
Fields of the records that conditions of target groups compare, beside the measures (T23).

Their codes begin with ``customer__``, ``level__``, ``alert__`` and ``own__``.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from dakehu.alerts.choices import Rule
from dakehu.customers.choices import CustomerKind, CustomerStatus, FieldType
from dakehu.customers.queries import custom_fields
from dakehu.people.queries import cities, staff_who_may, unit_paths
from dakehu.people.queries.units import unit_names
from dakehu.tiering.choices import SchemeKind
from dakehu.tiering.queries.comparing import comparables_of
from dakehu.tiering.queries.measures import measures_for
from dakehu.tiering.queries.schemes import levels_of, schemes_known
from dakehu.tiering.queries.wording import name_of
from dakehu.tiering.values import Operand
from dakehu.ui.conditions import Comparable

CHINESE, ENGLISH = "zh-hans", "en"
UNIT = "customer__unit"
YES_NO = {1: gettext_lazy("Yes"), 0: gettext_lazy("No")}
FORMS = {
    FieldType.NUMBER: "decimal",
    FieldType.DATE: "day",
    FieldType.YES_NO: "number",
}
COLUMNS: Mapping[str, tuple[Any, str, str]] = {
    "customer__city": (gettext_lazy("City"), "text", "city_code"),
    UNIT: (gettext_lazy("Unit, with all below it"), "number", "unit"),
    "customer__manager": (gettext_lazy("Manager"), "number", "manager"),
    "customer__contract_end": (gettext_lazy("Contract ends"), "day", "contract_end"),
    "customer__open_date": (gettext_lazy("Customer since"), "day", "open_date"),
    "customer__plan": (gettext_lazy("Plan"), "text", "plan_id"),
    "customer__contract": (gettext_lazy("Contract"), "text", "contract_name"),
    "customer__status": (gettext_lazy("Status"), "number", "status"),
    "customer__managed": (gettext_lazy("Managed"), "number", "managed"),
}
"""By code: what it is called, its form, and the column of the customers."""
OF_GROUPS = frozenset({"customer__city", UNIT, "customer__manager"})
"""What groups have of these; the measures tell more of them."""


def kinds_for(kind: str, *, with_prospects: bool = False) -> tuple[str, ...]:
    """Return the kinds of customers that a group of a kind may hold."""
    if kind != SchemeKind.GROUP:
        return (CustomerKind.INDIVIDUAL.value,)
    groups = (CustomerKind.GROUP.value,)
    return (*groups, CustomerKind.PROSPECT.value) if with_prospects else groups


def operands_for(kind: str) -> dict[str, Operand]:
    """Return the fields that conditions about a kind may name, by code."""
    listed = [*of_records(kind), *of_levels(kind), *of_alerts(kind), *of_own_fields(kind)]
    return {each.code: each for each in listed}


def of_records(kind: str) -> Iterable[Operand]:
    """Yield what the list of customers shows."""
    labels: Mapping[str, Any] = {
        "customer__city": lambda: {code: city.name for code, city in cities().items()},
        UNIT: unit_names,
        "customer__manager": manager_names,
        "customer__status": lambda: {e.value: str(e.label) for e in CustomerStatus},
        "customer__managed": yes_no,
    }
    for code, (name, form, _column) in COLUMNS.items():
        if kind != SchemeKind.GROUP or code in OF_GROUPS:
            yield operand(code, name, form, labels.get(code))


def of_levels(kind: str) -> Iterable[Operand]:
    """Yield the level of every scheme of such customers."""
    for scheme in schemes_known().filter(kind=kind):
        title = gettext_lazy("Level: %(scheme)s")
        named = {code: named_in(title, code, scheme) for code in (CHINESE, ENGLISH)}
        labels = partial(level_labels, scheme)
        yield Operand(level_code(scheme), named[CHINESE], named[ENGLISH], "number", labels)


def of_alerts(kind: str) -> Iterable[Operand]:
    """Yield whether an alert of each warning is open; groups have none."""
    if kind == SchemeKind.GROUP:
        return
    for rule in Rule:
        title, named = gettext_lazy("Open alert: %(rule)s"), {}
        for code in (CHINESE, ENGLISH):
            with override(code):
                named[code] = str(title) % {"rule": rule.label}
        yield Operand(alert_code(rule), named[CHINESE], named[ENGLISH], "number", yes_no)


def of_own_fields(kind: str) -> Iterable[Operand]:
    """Yield the fields that the operator added to such customers."""
    for field in custom_fields(kinds_for(kind)[0]):
        labels = yes_no if field.type == FieldType.YES_NO else None
        told = {"told": labels} if labels else {}
        form = FORMS.get(FieldType(field.type), "text")
        yield Operand(own_code(field), field.label, field.label_en or field.label, form, **told)


def operand(code: str, name: Any, form: str, labels: Any) -> Operand:
    """Return a field named in both languages."""
    told = {"told": labels} if labels else {}
    with override(CHINESE):
        chinese = str(name)
    with override(ENGLISH):
        return Operand(code, chinese, str(name), form, **told)


def named_in(title: Any, language: str, scheme: Any) -> str:
    """Return what the level of a scheme is called in a language."""
    with override(language):
        return str(title) % {"scheme": name_of(scheme)}


def level_labels(scheme: Any) -> dict[str | int, str]:
    """Return the names of the levels of a scheme by rank."""
    return {level.rank: name_of(level) for level in levels_of(scheme)}


def yes_no() -> dict[str | int, str]:
    """Return yes and no."""
    return {value: str(label) for value, label in YES_NO.items()}


def manager_names() -> dict[str | int, str]:
    """Return who may look after customers, by number; of people of one name with user name."""
    found = list(staff_who_may("customers.view"))
    names = Counter(person.name for person in found)
    return {
        person.pk: person.name if names[person.name] == 1 else f"{person.name} ({person.username})"
        for person in found
    }


def level_code(scheme: Any) -> str:
    """Return the code of the level of a scheme."""
    return f"level__{scheme.code.replace('-', '_')}"


def alert_code(rule: Rule) -> str:
    """Return the code of an open alert of a warning."""
    return f"alert__{rule.value.lower()}"


def own_code(field: Any) -> str:
    """Return the code of a field that the operator added."""
    return f"own__{field.key.replace('-', '_')}"


def units_below() -> dict[int, tuple[int, ...]]:
    """Return the units at or below each unit, by number."""
    below: dict[int, list[int]] = {}
    for unit, path in unit_paths().items():
        for above in path:
            below.setdefault(above, []).append(unit)
    return {unit: tuple(found) for unit, found in below.items()}


def comparables(kind: str) -> dict[str, Comparable]:
    """Return all that the editor offers for groups of a kind."""
    return {
        **comparables_of(operands_for(kind).values(), _("Fields of customers")),
        **comparables_of(measures_for(kind), _("Measures")),
    }
