"""The changes of a customer's file in words: what was changed, which field, from what to what."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from dakehu.audit.choices import ChangeVerb
from dakehu.audit.queries import words_of
from dakehu.customers.choices import DetailKind
from dakehu.customers.models import Contact
from dakehu.customers.values import Trail

CUSTOM_PREFIX = "custom_"
FEW_FIELDS = 3
# What the log keeps beside the change itself.
UNTOLD = frozenset({"customer", "removed_at", "source_day", "city_code"})
# What a record is known by comes first; of the others the order in the record stays.
NAMING = frozenset({"name", "title", "what", "label", "competitor"})
TONES = {"CREATED": "success", "CHANGED": "info", "REMOVED": "danger", "RESTORED": "accent"}


@dataclass(frozen=True)
class ChangeLine:
    """One change: when, who, what was done to what, and each field's old and new value."""

    at: Any
    actor: str
    verb: str
    tone: str
    what: str
    reason: str
    fields: tuple[tuple[str, str, str], ...]

    @property
    def is_long(self) -> bool:
        """Tell whether the fields fold away."""
        return len(self.fields) > FEW_FIELDS

    @property
    def shortened(self) -> str:
        """The first changed fields as one line."""
        return " · ".join(f"{name} {new or old}" for name, old, new in self.fields[:FEW_FIELDS])


def change_line(change: Any, trail: Trail) -> ChangeLine:
    """Return one change in words."""
    kind = trail.kinds.get(change.subject_type)
    return ChangeLine(
        at=change.at,
        actor=change.actor_name or _("Nightly run"),
        verb=str(ChangeVerb(change.verb).label),
        tone=TONES.get(change.verb, "neutral"),
        what=str(DetailKind(kind).label) if kind else "",
        reason=change.reason,
        fields=tuple(changed_fields(change, trail)),
    )


def changed_fields(change: Any, trail: Trail) -> Iterator[tuple[str, str, str]]:
    """Yield the name, the old and the new value of each changed field in words."""
    model = trail.models.get(change.subject_type)
    names = field_names(model)
    told = (pair for pair in change.fields.items() if pair[0] not in UNTOLD)
    for name, (old, new) in sorted(told, key=lambda pair: pair[0] not in NAMING):
        if name.startswith(CUSTOM_PREFIX):
            label = trail.custom.get(name.removeprefix(CUSTOM_PREFIX), name)
        else:
            label = names.get(name, name)
        yield label, value_words(model, name, old), value_words(model, name, new)


def value_words(model: Any, name: str, value: Any) -> str:
    """Return a logged value as people read it; amounts in yuan."""
    if name.endswith("_fen") and isinstance(value, int):
        return _("%(amount)s yuan") % {"amount": f"{value / 100:,.2f}"}
    return words_of(model, name, value)


def field_names(model: Any = None) -> dict[str, str]:
    """
    Return the names of fields that people change, or whose changes the night records.

    The name of a person of a group is called otherwise than that of a customer, which may be an
    organisation.
    """
    own = _("Name") if model is Contact else _("Customer name")
    return {**shared_names(), "name": own, "credit_limit_fen": _("Credit limit")}


def shared_names() -> dict[str, str]:
    """Return the names of fields that are called alike wherever they stand."""
    return {
        "address": _("Address"),
        "admin_level": _("Administrative level"),
        "at": _("Time"),
        "birth_calendar": _("Calendar"),
        "birth_date": _("Birthday"),
        "calendar": _("Calendar"),
        "competitor": _("Competitor"),
        "contact": _("Person"),
        "department": _("Department"),
        "email": _("E-mail"),
        "employees": _("Employees"),
        "employer": _("Employer"),
        "gender": _("Gender"),
        "gift_wishes": _("Gifts that please"),
        "group": _("Group"),
        "hobbies": _("Hobbies"),
        "identity_no": _("Identity number"),
        "industry": _("Industry"),
        "influence": _("Influence"),
        "is_primary": _("First person to call"),
        "kind": _("Kind"),
        "label": _("Place"),
        "level": _("Level"),
        "manager": _("Manager"),
        "member": _("Own number with us"),
        "merged": _("Merged with"),
        "merged_into": _("Merged into"),
        "note": _("Note"),
        "number": _("Number"),
        "occasion": _("Occasion"),
        "occupation": _("Occupation"),
        "on": _("Day"),
        "org_kind": _("Kind of organisation"),
        "phone": _("Phone"),
        "position": _("Position"),
        "postcode": _("Postcode"),
        "preferences": _("Preferences"),
        "price_fen": _("Price (yuan)"),
        "product": _("Product or offer"),
        "products": _("Products used"),
        "retained_at": _("In the archive since"),
        "retained_reason": _("Reason"),
        "role": _("Role"),
        "satisfaction": _("Satisfaction"),
        "source": _("Heard at"),
        "staff": _("Written by"),
        "strategic": _("Strategic"),
        "tax_rank": _("Tax rank"),
        "text": _("Text"),
        "title": _("Occasion"),
        "unit": _("Unit"),
        "until": _("Runs until"),
        "value_fen": _("Value (yuan)"),
        "what": _("Present"),
    }
