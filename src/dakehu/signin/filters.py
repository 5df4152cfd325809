"""Filters of the list of other systems."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dakehu.signin.choices import ClientState


class ClientFilter(django_filters.FilterSet):
    """Other systems by name and state."""

    words = django_filters.CharFilter(method="with_words", label=_("Name or key"), max_length=60)
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=ClientState.choices, empty_label=_("All")
    )

    def with_words(self, rows: QuerySet[Any], name: str, typed: str) -> QuerySet[Any]:
        for word in typed.removeprefix("dk_").split():
            rows = rows.filter(name__icontains=word) | rows.filter(code=word[:10])
        return rows
