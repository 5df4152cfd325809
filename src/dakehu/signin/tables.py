"""Columns of the list of other systems."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dakehu.signin.choices import CLIENT_TONES, ApiRight, ClientState
from dakehu.ui import tables
from dakehu.ui.tables import badge


class StateColumn(tables.TextColumn):
    """Whether the key of another system opens anything."""

    def render(self, value: Any) -> Any:
        return badge(self.value(value), CLIENT_TONES[value])

    def value(self, value: Any) -> str:
        return str(ClientState(value).label)


class RightsColumn(tables.TextColumn):
    """What another system may do."""

    def render(self, value: Any) -> str:
        return self.value(value)

    def value(self, value: Any) -> str:
        return _(", ").join(str(ApiRight(right).label) for right in value)


class ClientTable(tables.ListTable):
    """Other systems: which, how far they reach, what they may do, when they last asked."""

    name = tables.TextColumn(accessor="name", verbose_name=gettext_lazy("Name of the system"))
    unit = tables.TextColumn(accessor="unit", verbose_name=gettext_lazy("Reaches"))
    rights = RightsColumn(accessor="rights", verbose_name=gettext_lazy("May do"))
    key = tables.CodeColumn(accessor="key_start", verbose_name=gettext_lazy("Key begins with"))
    state = StateColumn(accessor="state", verbose_name=gettext_lazy("State"))
    used = tables.InstantColumn(
        accessor="use__last_used_at", verbose_name=gettext_lazy("Last used")
    )
    expires = tables.InstantColumn(accessor="expires_at", verbose_name=gettext_lazy("Ends"))
    given = tables.InstantColumn(
        accessor="key_given_at", verbose_name=gettext_lazy("Key given at")
    )
    note = tables.TextColumn(accessor="note", verbose_name=gettext_lazy("Note"))

    optional_columns = ("given", "note")
