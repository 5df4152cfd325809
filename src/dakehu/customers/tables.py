"""Columns of the lists of customers."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from dakehu.customers import queries
from dakehu.customers.choices import CardLevel, CustomerKind, FieldType
from dakehu.ui import tables
from dakehu.ui.tables import badge

STATUS_TONES = {0: "success", 1: "warning", 3: "danger", 4: "danger"}
KIND_TONES = {"INDIVIDUAL": "neutral", "GROUP": "info", "PROSPECT": "accent"}
ROLE_TONES = {"LEADER": "accent", "KEY_PERSON": "warning", "CONTACT": "info", "USER": "neutral"}
STRATEGIC_TONES = {"none": "neutral", "provincial": "accent", "prefecture": "info"}
PAIR_TONES = {"OPEN": "warning", "DISMISSED": "neutral", "MERGED": "success"}
CUSTOM_PREFIX = "custom_"
LEVEL_TONES = {
    CardLevel.ORDINARY: "neutral",
    CardLevel.VIP: "info",
    CardLevel.SILVER: "info",
    CardLevel.GOLD: "warning",
    CardLevel.DIAMOND: "accent",
}


class LevelColumn(tables.TextColumn):
    """The card level in force; empty for customers who stand nowhere."""

    def __init__(self, **options: Any) -> None:
        super().__init__(accessor="pk", verbose_name=_("Level"), **options)

    def render(self, record: Any) -> Any:
        rank = queries.rank_of(record)
        return "" if rank is None else badge(CardLevel(rank).label, LEVEL_TONES[CardLevel(rank)])

    def value(self, record: Any) -> str:
        rank = queries.rank_of(record)
        return "" if rank is None else str(CardLevel(rank).label)


class CustomerTable(tables.ListTable):
    """Customers: who, at which level, with whom, where and in which state."""

    number = tables.CodeColumn(accessor="number", verbose_name=_("Number"))
    name = tables.TextColumn(accessor="name", verbose_name=_("Customer name"))
    kind = tables.BadgeColumn(accessor="kind", tones=KIND_TONES, verbose_name=_("Kind"))
    level = LevelColumn()
    manager = tables.TextColumn(accessor="manager", verbose_name=_("Manager"), default=_("Nobody"))
    unit = tables.TextColumn(accessor="unit", verbose_name=_("Unit"))
    status = tables.BadgeColumn(accessor="status", tones=STATUS_TONES, verbose_name=_("Status"))
    brand = tables.TextColumn(accessor="brand", verbose_name=_("Brand"))
    phone = tables.CodeColumn(accessor="phone", verbose_name=_("Phone"))
    group = tables.TextColumn(accessor="group", verbose_name=_("Group"))
    open_date = tables.DayColumn(accessor="open_date", verbose_name=_("Joined"))
    contract = tables.TextColumn(accessor="contract_name", verbose_name=_("Contract"))
    contract_end = tables.DayColumn(accessor="contract_end", verbose_name=_("Contract ends"))
    managed = tables.YesNoColumn(accessor="managed", verbose_name=_("Managed"))

    optional_columns = ("group", "open_date", "contract", "contract_end", "managed")


class CustomColumn(tables.TextColumn):
    """What customers have in a field that the operator added; fetched with the rows."""

    def __init__(self, field: Any) -> None:
        label = queries.label_in(field, get_language() or "")
        is_number = field.type == FieldType.NUMBER
        attrs = tables.NumericColumn.attrs if is_number else {}
        super().__init__(accessor="pk", verbose_name=label, attrs=attrs)
        self.custom = field

    def content(self, record: Any) -> Any:
        """Return what a customer has in the field."""
        held = (each for each in record.custom_values.all() if each.field_id == self.custom.pk)
        return queries.content_of(self.custom, next(held, None))

    def render(self, record: Any) -> Any:
        content = self.content(record)
        if content is None:
            return ""
        if self.custom.type == FieldType.DATE:
            return date_format(content, "Y-m-d")
        if self.custom.type == FieldType.YES_NO:
            return gettext("Yes") if content else gettext("No")
        return f"{content:,f}" if self.custom.type == FieldType.NUMBER else content

    def value(self, record: Any) -> Any:
        content = self.content(record)
        return self.render(record) if isinstance(content, bool) else content


def custom_columns(kind: CustomerKind) -> Callable[[], Mapping[str, Any]]:
    """Return what gives the columns that the operator added to a kind of customer."""

    def columns() -> dict[str, Any]:
        fields = queries.custom_fields(kind)
        return {CUSTOM_PREFIX + field.key: CustomColumn(field) for field in fields}

    return columns


class IndividualTable(tables.ListTable):
    """Individuals: who, at which level, with whom, on which plan."""

    number = tables.CodeColumn(accessor="number", verbose_name=_("Number"))
    name = tables.TextColumn(accessor="name", verbose_name=_("Customer name"))
    level = LevelColumn()
    manager = tables.TextColumn(accessor="manager", verbose_name=_("Manager"), default=_("Nobody"))
    unit = tables.TextColumn(accessor="unit", verbose_name=_("Unit"))
    status = tables.BadgeColumn(accessor="status", tones=STATUS_TONES, verbose_name=_("Status"))
    brand = tables.TextColumn(accessor="brand", verbose_name=_("Brand"))
    plan = tables.CodeColumn(accessor="plan_id", verbose_name=_("Tariff plan"))
    phone = tables.CodeColumn(accessor="phone", verbose_name=_("Phone"))
    group = tables.TextColumn(accessor="group", verbose_name=_("Group"))
    open_date = tables.DayColumn(accessor="open_date", verbose_name=_("Joined"))
    contract = tables.TextColumn(accessor="contract_name", verbose_name=_("Contract"))
    contract_end = tables.DayColumn(accessor="contract_end", verbose_name=_("Contract ends"))
    credit = tables.YuanColumn(accessor="credit_limit_fen", verbose_name=_("Credit limit"))
    managed = tables.YesNoColumn(accessor="managed", verbose_name=_("Managed"))

    optional_columns = ("group", "open_date", "contract", "contract_end", "credit", "managed")


class GroupTable(tables.ListTable):
    """Groups: who, with whom, of which kind and size."""

    number = tables.CodeColumn(accessor="number", verbose_name=_("Number"))
    name = tables.TextColumn(accessor="name", verbose_name=_("Customer name"))
    manager = tables.TextColumn(accessor="manager", verbose_name=_("Manager"), default=_("Nobody"))
    unit = tables.TextColumn(accessor="unit", verbose_name=_("Unit"))
    industry = tables.TextColumn(accessor="profile__industry", verbose_name=_("Industry"))
    org_kind = tables.TextColumn(
        accessor="profile__get_org_kind_display", verbose_name=_("Kind of organisation")
    )
    employees = tables.NumberColumn(accessor="profile__employees", verbose_name=_("Employees"))
    strategic = tables.BadgeColumn(
        accessor="profile__get_strategic_display", verbose_name=_("Strategic")
    )
    admin_level = tables.TextColumn(
        accessor="profile__get_admin_level_display", verbose_name=_("Administrative level")
    )
    tax_rank = tables.NumberColumn(accessor="profile__tax_rank", verbose_name=_("Tax rank"))

    optional_columns = ("admin_level", "tax_rank")


class ProspectTable(GroupTable):
    """Prospects: who, with whom, of which kind and size."""

    phone = tables.CodeColumn(accessor="phone", verbose_name=_("Phone"))

    optional_columns = ("strategic", "admin_level", "tax_rank")


class ContactTable(tables.ListTable):
    """The people of groups and prospects: who, with which say, how to reach them."""

    name = tables.TextColumn(accessor="name", verbose_name=_("Name"))
    customer_name = tables.TextColumn(accessor="customer", verbose_name=_("Customer name"))
    customer = tables.CodeColumn(accessor="customer__number", verbose_name=_("Customer number"))
    role = tables.BadgeColumn(accessor="role", tones=ROLE_TONES, verbose_name=_("Role"))
    influence = tables.TextColumn(accessor="get_influence_display", verbose_name=_("Influence"))
    department = tables.TextColumn(accessor="department", verbose_name=_("Department"))
    position = tables.TextColumn(accessor="position", verbose_name=_("Position"))
    is_primary = tables.YesNoColumn(accessor="is_primary", verbose_name=_("First person to call"))
    phone = tables.CodeColumn(accessor="phone", verbose_name=_("Phone"))
    birth_date = tables.CodeColumn(accessor="birth_date", verbose_name=_("Birthday"))
    birth_calendar = tables.TextColumn(
        accessor="get_birth_calendar_display", verbose_name=_("Calendar")
    )
    hobbies = tables.TextColumn(accessor="hobbies", verbose_name=_("Hobbies"))
    gender = tables.TextColumn(accessor="get_gender_display", verbose_name=_("Gender"))
    email = tables.TextColumn(accessor="email", verbose_name=_("E-mail"))
    preferences = tables.TextColumn(accessor="preferences", verbose_name=_("Preferences"))
    gift_wishes = tables.TextColumn(accessor="gift_wishes", verbose_name=_("Gifts that please"))
    products = tables.TextColumn(accessor="products", verbose_name=_("Products used"))
    member = tables.CodeColumn(accessor="member__number", verbose_name=_("Own number with us"))
    note = tables.TextColumn(accessor="note", verbose_name=_("Note"))
    manager = tables.TextColumn(
        accessor="customer__manager", verbose_name=_("Manager"), default=_("Nobody")
    )
    unit = tables.TextColumn(accessor="customer__unit", verbose_name=_("Unit"))
    ident = tables.CodeColumn(accessor="pk", verbose_name=_("Person number"))

    optional_columns = (
        "department", "birth_calendar", "gender", "email", "preferences", "gift_wishes",
        "products", "member", "note", "unit", "ident",
    )  # fmt: skip


class GiftTable(tables.ListTable):
    """Gifts: to whom, what, when, why, by whom."""

    customer_name = tables.TextColumn(accessor="customer", verbose_name=_("Customer name"))
    customer = tables.CodeColumn(accessor="customer__number", verbose_name=_("Customer number"))
    contact = tables.TextColumn(accessor="contact", verbose_name=_("Person"))
    on = tables.DayColumn(accessor="on", verbose_name=_("Day"))
    what = tables.TextColumn(accessor="what", verbose_name=_("Present"))
    occasion = tables.TextColumn(accessor="occasion", verbose_name=_("Occasion"))
    value = tables.YuanColumn(accessor="value_fen", verbose_name=_("Value (yuan)"))
    staff = tables.TextColumn(accessor="staff", verbose_name=_("Given by"))
    manager = tables.TextColumn(
        accessor="customer__manager", verbose_name=_("Manager"), default=_("Nobody")
    )
    unit = tables.TextColumn(accessor="customer__unit", verbose_name=_("Unit"))
    ident = tables.CodeColumn(accessor="pk", verbose_name=_("Number of the entry"))

    optional_columns = ("manager", "unit", "ident")


class DayTable(tables.ListTable):
    """Days to remember: whose, which, when."""

    customer_name = tables.TextColumn(accessor="customer", verbose_name=_("Customer name"))
    customer = tables.CodeColumn(accessor="customer__number", verbose_name=_("Customer number"))
    contact = tables.TextColumn(accessor="contact", verbose_name=_("Person"))
    title = tables.TextColumn(accessor="title", verbose_name=_("Occasion"))
    on = tables.DayColumn(accessor="on", verbose_name=_("Day"))
    calendar = tables.TextColumn(accessor="get_calendar_display", verbose_name=_("Calendar"))
    manager = tables.TextColumn(
        accessor="customer__manager", verbose_name=_("Manager"), default=_("Nobody")
    )
    unit = tables.TextColumn(accessor="customer__unit", verbose_name=_("Unit"))
    ident = tables.CodeColumn(accessor="pk", verbose_name=_("Number of the entry"))

    optional_columns = ("unit", "ident")


class FormerTable(tables.ListTable):
    """Former customers: who, since when and why, and whether the city delivers them again."""

    number = tables.CodeColumn(accessor="number", verbose_name=_("Number"))
    name = tables.TextColumn(accessor="name", verbose_name=_("Customer name"))
    kind = tables.BadgeColumn(accessor="kind", tones=KIND_TONES, verbose_name=_("Kind"))
    retained = tables.InstantColumn(accessor="retained_at", verbose_name=_("In the archive since"))
    reason = tables.TextColumn(accessor="retained_reason", verbose_name=_("Reason"))
    manager = tables.TextColumn(accessor="manager", verbose_name=_("Manager"), default=_("Nobody"))
    unit = tables.TextColumn(accessor="unit", verbose_name=_("Unit"))
    status = tables.BadgeColumn(accessor="status", tones=STATUS_TONES, verbose_name=_("Status"))
    source = tables.DayColumn(accessor="source_day", verbose_name=_("Last delivered change"))


class LeavingTable(tables.ListTable):
    """Individuals whose subscription ended long ago, as the files tell: for the archive."""

    number = tables.CodeColumn(accessor="number", verbose_name=_("Number"))
    name = tables.TextColumn(accessor="name", verbose_name=_("Customer name"))
    status = tables.BadgeColumn(accessor="status", tones=STATUS_TONES, verbose_name=_("Status"))
    source = tables.DayColumn(accessor="source_day", verbose_name=_("Last delivered change"))
    manager = tables.TextColumn(accessor="manager", verbose_name=_("Manager"), default=_("Nobody"))
    unit = tables.TextColumn(accessor="unit", verbose_name=_("Unit"))


class RemovedTable(tables.ListTable):
    """Removed prospects: who, where, and since when."""

    number = tables.CodeColumn(accessor="number", verbose_name=_("Number"))
    name = tables.TextColumn(accessor="name", verbose_name=_("Customer name"))
    manager = tables.TextColumn(accessor="manager", verbose_name=_("Manager"), default=_("Nobody"))
    unit = tables.TextColumn(accessor="unit", verbose_name=_("Unit"))
    removed = tables.InstantColumn(accessor="removed_at", verbose_name=_("Removed at"))


class ProductTable(tables.ListTable):
    """Products: code, name, and whether they bind."""

    code = tables.CodeColumn(accessor="code", verbose_name=_("Code"))
    name = tables.TextColumn(accessor="name", verbose_name=_("Product name"))
    name_en = tables.TextColumn(accessor="name_en", verbose_name=_("English name"))
    is_sticky = tables.YesNoColumn(accessor="is_sticky", verbose_name=_("Sticky product"))


class ReasonsColumn(tables.TextColumn):
    """What speaks for two customers being the same."""

    def __init__(self, **options: Any) -> None:
        super().__init__(accessor="reasons", verbose_name=_("What agrees"), **options)

    def render(self, value: Any) -> str:
        return ", ".join(queries.reasons_in_words(value))

    def value(self, value: Any) -> str:
        return self.render(value)


class DuplicateTable(tables.ListTable):
    """Pairs of customers that may be the same."""

    first = tables.TextColumn(accessor="first", verbose_name=_("Customer"))
    first_number = tables.CodeColumn(accessor="first__number", verbose_name=_("Number"))
    second = tables.TextColumn(accessor="second", verbose_name=_("May be the same as"))
    second_number = tables.CodeColumn(accessor="second__number", verbose_name=_("Its number"))
    reasons = ReasonsColumn()
    score = tables.NumericColumn(accessor="score", verbose_name=_("Likeness"))
    unit = tables.TextColumn(accessor="first__unit", verbose_name=_("Unit"))
    manager = tables.TextColumn(accessor="first__manager", verbose_name=_("Manager"), default="")
    state = tables.BadgeColumn(accessor="state", tones=PAIR_TONES, verbose_name=_("State"))
    found_on = tables.DayColumn(accessor="found_on", verbose_name=_("Found on"))
    decided_by = tables.TextColumn(accessor="decided_by", verbose_name=_("Decided by"), default="")

    optional_columns = ("manager", "decided_by")
