"""Filters of the customer list."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.dates import MONTHS
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dakehu.customers import queries
from dakehu.customers.choices import (
    AdminLevel,
    CardLevel,
    ContactRole,
    CustomerKind,
    CustomerStatus,
    FieldType,
    Influence,
    OrgKind,
    PairState,
    Strategic,
)
from dakehu.people.queries import person_named, units_within
from dakehu.ui.filters import DayRangeFilter, NumberRangeFilter, YesNoFilter
from dakehu.ui.picking import PickFilter

NOBODY = "none"
CUSTOM_PREFIX = "custom_"


class WordsFilter(django_filters.CharFilter):
    """Customers whose number, name, pinyin or initials contain every word, or with that phone."""

    def __init__(self, label: Any = "", hint: Any = "", **options: Any) -> None:
        box = forms.TextInput({"placeholder": hint or _("Name, pinyin, number or phone")})
        super().__init__(label=label or _("Customer"), widget=box, max_length=60, **options)

    def filter(self, rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
        return rows.matching(typed) if typed else rows  # type: ignore[attr-defined]


class UnitFilter(django_filters.ModelChoiceFilter):
    """A unit with everything below it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=_("Unit"),
            empty_label=_("All"),
            queryset=lambda request: units_within(request.user),
            **options,
        )

    def filter(self, rows: QuerySet[Any], unit: Any) -> QuerySet[Any]:
        return rows if unit is None else rows.in_unit(unit)  # type: ignore[attr-defined]


class ManagerFilter(PickFilter):
    """One person's customers, or those without a manager."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            field_name="manager",
            label=_("Manager"),
            find=person_named,
            options="people:staff_options",
            fixed={NOBODY: _("Nobody")},
            null=NOBODY,
        )


class StatusFilter(django_filters.ChoiceFilter):
    """The state of a subscriber as delivered."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=_("Status"), choices=CustomerStatus.choices, empty_label=_("All"), **options
        )


class LevelFilter(django_filters.ChoiceFilter):
    """The individual card level in force."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=_("Level"),
            empty_label=_("All"),
            choices=tuple(reversed(CardLevel.choices)),
            **options,
        )

    def filter(self, rows: QuerySet[Any], rank: str) -> QuerySet[Any]:
        if not rank:
            return rows
        return rows.at_card_level(rank)


class BrandFilter(django_filters.CharFilter):
    """The customers of one brand."""

    def __init__(self, **options: Any) -> None:
        super().__init__(label=_("Brand"), max_length=40, **options)

    def filter(self, rows: QuerySet[Any], brand: str) -> QuerySet[Any]:
        return queries.having_brand(rows, brand) if brand else rows


class CustomerFilter(django_filters.FilterSet):
    """What the customer list can be narrowed by."""

    words = WordsFilter()
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=CustomerKind.choices, empty_label=_("All")
    )
    level = LevelFilter()
    unit = UnitFilter()
    manager = ManagerFilter()
    status = StatusFilter()
    brand = BrandFilter()
    managed = YesNoFilter(label=_("Managed"))
    contract_end = DayRangeFilter(label=_("Contract ends"))
    group = django_filters.NumberFilter(widget=forms.HiddenInput)


class KindFilter(django_filters.FilterSet):
    """The filter of one kind of customer: also by the fields that the operator added to it."""

    kind: CustomerKind

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in queries.custom_fields(self.kind):
            own = custom_filter(field)
            own.parent, own.model = self, self.queryset.model
            self.filters[CUSTOM_PREFIX + field.key] = own


class IndividualFilter(KindFilter):
    """What individuals can be narrowed by."""

    kind = CustomerKind.INDIVIDUAL
    words = WordsFilter()
    level = LevelFilter()
    unit = UnitFilter()
    manager = ManagerFilter()
    status = StatusFilter()
    brand = BrandFilter()
    managed = YesNoFilter(label=_("Managed"))
    open_date = DayRangeFilter(label=_("Joined"))
    contract_end = DayRangeFilter(label=_("Contract ends"))
    group = django_filters.NumberFilter(widget=forms.HiddenInput)


class OrganisationFilter(KindFilter):
    """What groups and prospects can be narrowed by alike."""

    kind = CustomerKind.PROSPECT
    words = WordsFilter()
    unit = UnitFilter()
    manager = ManagerFilter()
    industry = django_filters.CharFilter(
        field_name="profile__industry", lookup_expr="contains", label=_("Industry"), max_length=60
    )
    org_kind = django_filters.ChoiceFilter(
        field_name="profile__org_kind",
        label=_("Kind of organisation"),
        choices=OrgKind.choices,
        empty_label=_("All"),
    )
    admin_level = django_filters.ChoiceFilter(
        field_name="profile__admin_level",
        label=_("Administrative level"),
        choices=AdminLevel.choices,
        empty_label=_("All"),
    )
    strategic = django_filters.ChoiceFilter(
        field_name="profile__strategic",
        label=_("Strategic"),
        choices=Strategic.choices,
        empty_label=_("All"),
    )
    employees = NumberRangeFilter(field_name="profile__employees", label=_("Employees"))


class GroupFilter(OrganisationFilter):
    """What groups can be narrowed by."""

    kind = CustomerKind.GROUP


class ContactFilter(django_filters.FilterSet):
    """What the people of groups can be narrowed by."""

    words = WordsFilter(_("Person"), _("Name, pinyin or phone"))
    role = django_filters.ChoiceFilter(
        label=_("Role"), choices=ContactRole.choices, empty_label=_("All")
    )
    influence = django_filters.ChoiceFilter(
        label=_("Influence"), choices=Influence.choices, empty_label=_("All")
    )
    unit = django_filters.ModelChoiceFilter(
        label=_("Unit"),
        empty_label=_("All"),
        queryset=lambda request: units_within(request.user),
        method="of_unit",
    )
    manager = PickFilter(
        field_name="customer__manager",
        label=_("Manager"),
        find=person_named,
        options="people:staff_options",
        fixed={NOBODY: _("Nobody")},
        null=NOBODY,
    )
    birth_month = django_filters.ChoiceFilter(
        field_name="birth_date",
        lookup_expr="month",
        label=_("Birthday in"),
        choices=tuple(MONTHS.items()),
        empty_label=_("All"),
    )
    is_primary = YesNoFilter(label=_("First person to call"))

    def of_unit(self, rows: QuerySet[Any], _name: str, unit: Any) -> QuerySet[Any]:
        """Keep the people of the customers of a unit with everything below it."""
        below = units_within(self.request.user).filter(path__startswith=unit.path)
        return rows.filter(customer__unit__in=below)


class EntryFilter(django_filters.FilterSet):
    """What the entries of files can be narrowed by: of whom, of which unit, when."""

    unit = django_filters.ModelChoiceFilter(
        label=_("Unit"),
        empty_label=_("All"),
        queryset=lambda request: units_within(request.user),
        method="of_unit",
    )
    manager = PickFilter(
        field_name="customer__manager",
        label=_("Manager"),
        find=person_named,
        options="people:staff_options",
        fixed={NOBODY: _("Nobody")},
        null=NOBODY,
    )

    def of_unit(self, rows: QuerySet[Any], _name: str, unit: Any) -> QuerySet[Any]:
        """Keep the entries of the customers of a unit with everything below it."""
        below = units_within(self.request.user).filter(path__startswith=unit.path)
        return rows.filter(customer__unit__in=below)


class GiftFilter(EntryFilter):
    """Gifts also by what and when."""

    what = django_filters.CharFilter(lookup_expr="contains", label=_("Present"), max_length=40)
    on = DayRangeFilter(field_name="on", label=_("Given between"))


class DayFilter(EntryFilter):
    """Days to remember also by occasion and month."""

    title = django_filters.CharFilter(lookup_expr="contains", label=_("Occasion"), max_length=40)
    month = django_filters.ChoiceFilter(
        field_name="on",
        lookup_expr="month",
        label=_("Month"),
        choices=tuple(MONTHS.items()),
        empty_label=_("All"),
    )


class PlainFilter(django_filters.FilterSet):
    """What former and removed customers can be narrowed by."""

    words = WordsFilter()
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=CustomerKind.choices, empty_label=_("All")
    )
    unit = UnitFilter()
    manager = ManagerFilter()


def custom_filter(field: Any) -> django_filters.Filter:
    """Return the filter of a custom field, by what it holds."""
    label = queries.label_in(field, get_language() or "")
    if field.type == FieldType.NUMBER:
        return CustomNumbers(field=field, label=label)
    if field.type == FieldType.DATE:
        return CustomDays(field=field, label=label)
    if field.type == FieldType.YES_NO:
        return CustomYesNo(field=field, label=label)
    if field.type == FieldType.CHOICE:
        choices = [(str(each), str(each)) for each in field.options]
        return CustomChoice(field=field, label=label, choices=choices, empty_label=_("All"))
    return CustomText(field=field, label=label, max_length=60)


class OfCustomField:
    """Keeps customers by what they have in one custom field."""

    def __init__(self, *, field: Any, **options: Any) -> None:
        super().__init__(**options)
        self.custom = field

    def having(self, rows: QuerySet[Any], **conditions: Any) -> QuerySet[Any]:
        """Keep the rows whose value of this field meets the conditions on its columns."""
        return queries.having_custom(rows, self.custom, **conditions)


class CustomText(OfCustomField, django_filters.CharFilter):
    """A custom text that contains what was typed."""

    def filter(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        return self.having(rows, text__contains=value) if value else rows


class CustomChoice(OfCustomField, django_filters.ChoiceFilter):
    """A custom choice."""

    def filter(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        return self.having(rows, text=value) if value else rows


class CustomYesNo(OfCustomField, YesNoFilter):
    """A custom yes or no."""

    def filter(self, rows: QuerySet[Any], value: bool | None) -> QuerySet[Any]:
        return rows if value is None else self.having(rows, yes=value)


class CustomNumbers(OfCustomField, NumberRangeFilter):
    """A custom number between two."""

    def filter(self, rows: QuerySet[Any], value: slice | None) -> QuerySet[Any]:
        return rows if value is None else self.having(rows, **bounds("number", value))


class CustomDays(OfCustomField, DayRangeFilter):
    """A custom date between two."""

    def filter(self, rows: QuerySet[Any], value: slice | None) -> QuerySet[Any]:
        if value is None:
            return rows
        days = slice(*(end and end.date() for end in (value.start, value.stop)))
        return self.having(rows, **bounds("day", days))


def bounds(name: str, span: slice) -> dict[str, Any]:
    """Return the conditions that a column lies between the ends of a span, where it has them."""
    ends = ((f"{name}__gte", span.start), (f"{name}__lte", span.stop))
    return {condition: end for condition, end in ends if end is not None}


class ProductFilter(django_filters.FilterSet):
    """What product names can be narrowed by."""

    code = django_filters.CharFilter(lookup_expr="contains", label=_("Code"), max_length=40)
    name = django_filters.CharFilter(
        lookup_expr="contains", label=_("Product name"), max_length=80
    )
    is_sticky = YesNoFilter(label=_("Sticky product"))


class DuplicateFilter(django_filters.FilterSet):
    """What the list of duplicates can be narrowed by."""

    words = django_filters.CharFilter(
        label=_("Customer"), method="of_customer", max_length=60,
        widget=forms.TextInput({"placeholder": _("Name, pinyin, number or phone")}),
    )  # fmt: skip
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=PairState.choices, empty_label=_("All")
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=CustomerKind.choices, empty_label=_("All"), method="of_kind"
    )
    found_on = DayRangeFilter(label=_("Found on"))

    def of_customer(self, rows: QuerySet[Any], _name: str, typed: str) -> QuerySet[Any]:
        """Keep the pairs of which one is found by what was typed."""
        found = queries.customers_in_reach(self.request.user).matching(typed).order_by()
        keys = found.values("pk")
        return rows.filter(Q(first__in=keys) | Q(second__in=keys))

    def of_kind(self, rows: QuerySet[Any], _name: str, kind: str) -> QuerySet[Any]:
        """Keep the pairs of which one is of a kind."""
        return rows.filter(Q(first__kind=kind) | Q(second__kind=kind))
