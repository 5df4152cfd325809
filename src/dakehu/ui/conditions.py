"""
The editor of conditions: one comparison as a form, and one part changed at a time.

A condition is plain data, comparisons joined by all, any and not (:mod:`dakehu.rulekit.editing`).
What can be compared comes from the app that owns it, as :class:`Comparable` values; the parts are
shown by ``ui/components/condition_node.html``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dakehu.rulekit.editing import Node, added, changed, turned
from dakehu.ui.lists.addresses import whole_number

SIGNS = (
    *((sign, sign) for sign in (">=", ">", "<=", "<", "=", "!=")),
    ("in", _("is one of")),
    ("known", _("is known")),
)


class UnableToCompare(Exception):
    """A change of a condition makes no sense; the text says why."""


@dataclass(frozen=True)
class Comparable:
    """
    What a comparison may name: its label, the group it is offered in, whether it holds words.

    ``read`` makes a value of a typed word; it raises ValidationError where the word is none.
    """

    code: str
    label: str
    read: Callable[[str], int | str]
    is_text: bool = False
    group: str | Promise = ""


class LeafForm(forms.Form):
    """One comparison: what, operator, value."""

    measure = forms.ChoiceField(label=_("Measure"))
    sign = forms.ChoiceField(label=_("Operator"), choices=SIGNS)
    value = forms.CharField(
        label=_("Value"), required=False, max_length=400, help_text=_("Several: with commas.")
    )
    to_confirm = forms.BooleanField(label=_("To be confirmed"), required=False)
    firm = forms.BooleanField(label=_("Firm"), required=False)
    missing_met = forms.BooleanField(label=_("Met where unknown"), required=False)

    def __init__(
        self,
        *args: Any,
        comparables: Mapping[str, Comparable],
        without: tuple[str, ...] = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **{"auto_id": False, **options})
        self.comparables = comparables
        self.fields["measure"].choices = choices_of(comparables)  # type: ignore[attr-defined]
        for name in without:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        compared = self.comparables.get(typed.get("measure", ""))
        if compared is None or "sign" not in typed:
            return typed
        data: dict[str, Any] = {"measure": compared.code}
        if typed["sign"] == "known":
            data["known"] = True
        else:
            data |= self.compared(compared, typed)
        typed["node"] = data
        return typed

    def compared(self, compared: Comparable, typed: dict[str, Any]) -> dict[str, Any]:
        """Return operator, value and marks as a condition keeps them."""
        words = [each.strip() for each in typed.get("value", "").replace("，", ",").split(",")]
        values = [compared.read(each) for each in words if each]
        if not values:
            raise forms.ValidationError(_("Type a value."))
        is_list = typed["sign"] == "in" or compared.is_text
        data: dict[str, Any] = (
            {"in": values} if is_list else {"is": typed["sign"], "value": values[0]}
        )
        if compared.is_text and typed["sign"] not in {"in", "="}:
            raise forms.ValidationError(
                _now("%(name)s holds words: choose “is one of”, and turn it by “not”.")
                % {"name": compared.label}
            )
        if typed.get("to_confirm"):
            data["to_confirm"] = True
        if typed.get("firm") and not is_list:
            data["firm"] = True
        if typed.get("missing_met"):
            data["missing"] = "met"
        return data


def choices_of(comparables: Mapping[str, Comparable]) -> list[Any]:
    """Return what can be compared as choices, in groups where there are any."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for each in comparables.values():
        groups.setdefault(str(each.group), []).append((each.code, each.label))
    plain = groups.pop("", [])
    return [*plain, *groups.items()]


def changed_condition(
    node: Node | None, typed: Mapping[str, Any], leaf: Callable[[Mapping[str, Any]], LeafForm]
) -> Node | None:
    """
    Return a condition with the change that a page of the editor asks for; nothing left is None.

    :raises UnableToCompare: if the change makes no sense.
    """
    act, place = typed.get("act", ""), place_of(typed.get("place", ""))
    try:
        if act == "remove" and node is not None:
            return changed(node, place, lambda _found: None)
        if act in {"all", "any", "not"} and node is not None:
            return turned(node, place, act)
        if act in {"add", "set"}:
            form = leaf(typed)
            refuse_errors(form)
            part = form.cleaned_data["node"]
            if act == "add" or node is None:
                return added(node, place, part)
            return changed(node, place, lambda found: kept_beside(found, part))
    except IndexError:
        raise UnableToCompare(_now("This part is no longer there.")) from None
    return node


def kept_beside(before: Node, part: Node) -> Node:
    """Return a comparison put in place of another; numbers of places stay with its measure."""
    alike = all(before.get(name) == part.get(name) for name in ("measure", "is"))
    kept = {"local": before["local"]} if alike and "local" in before else {}
    return {**part, **kept}


def place_of(text: str) -> tuple[int, ...]:
    """Return the place of a part from its address; faulty ones lead nowhere."""
    return tuple(whole_number(each) or 0 for each in text.split(".") if each)


def refuse_errors(form: forms.Form) -> None:
    """
    Pass in silence if what was typed makes sense.

    :raises UnableToCompare: otherwise, with its first error.
    """
    if not form.is_valid():
        field, found = next(iter(form.errors.items()))
        label = "" if field == "__all__" else f"{form.fields[field].label}: "
        raise UnableToCompare(f"{label}{found[0]}")
