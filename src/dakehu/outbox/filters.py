"""What the lists of messages can be narrowed by."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dakehu.outbox.choices import MessagePurpose, MessageState, RefusalSource, Way
from dakehu.outbox.rules import mail_in, phone_in
from dakehu.ui.filters import DayRangeFilter


def to_filter(rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
    """Keep rows of a whole number or address; parts of one would make it guessable."""
    phone, email = phone_in(typed), mail_in(typed)
    return (
        rows.filter(phone=phone, email="" if phone else email) if phone or email else rows.none()
    )


class MessageFilter(django_filters.FilterSet):
    """Messages by words, way, purpose, state and day."""

    words = django_filters.CharFilter(
        label=_("Customer or words"), max_length=60, method="filter_words"
    )
    to = django_filters.CharFilter(
        label=_("Whole number or address"), max_length=120, method="filter_to"
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=MessageState.choices, empty_label=_("All")
    )
    way = django_filters.ChoiceFilter(
        label=_("By what"), choices=Way.choices, empty_label=_("All")
    )
    purpose = django_filters.ChoiceFilter(
        label=_("Purpose"), choices=MessagePurpose.choices, empty_label=_("All")
    )
    asked = DayRangeFilter(field_name="asked_at", label=_("Written between"))
    customer = django_filters.NumberFilter(widget=forms.HiddenInput)

    def filter_words(self, rows: QuerySet[Any], name: str, typed: str) -> QuerySet[Any]:
        """Keep what names a customer or says something."""
        return rows.filter(Q(customer__name__contains=typed) | Q(text__contains=typed))

    def filter_to(self, rows: QuerySet[Any], name: str, typed: str) -> QuerySet[Any]:
        """Keep what went to a number or address."""
        return to_filter(rows, typed)


class RefusalFilter(django_filters.FilterSet):
    """Refusals by number or address, purpose and source."""

    to = django_filters.CharFilter(
        label=_("Whole number or address"), max_length=120, method="filter_to"
    )
    purpose = django_filters.ChoiceFilter(
        label=_("Purpose"), choices=MessagePurpose.choices, empty_label=_("All")
    )
    source = django_filters.ChoiceFilter(
        label=_("Where we know it from"), choices=RefusalSource.choices, empty_label=_("All")
    )
    noted = DayRangeFilter(field_name="noted_at", label=_("Noted between"))

    def filter_to(self, rows: QuerySet[Any], name: str, typed: str) -> QuerySet[Any]:
        """Keep the refusals of a number or address."""
        return to_filter(rows, typed)
