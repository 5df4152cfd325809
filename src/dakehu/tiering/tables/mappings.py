"""Columns of the customers who stand in two schemes (T24)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from dakehu.tiering.models import Level
from dakehu.tiering.queries.mappings import levels_by_scheme
from dakehu.tiering.queries.moving import level_word
from dakehu.tiering.tables.levels import NamedColumn
from dakehu.ui import tables
from dakehu.ui.tables import badge


class TwinColumn(tables.TextColumn):
    """A level of the second scheme by its rank."""

    def render(self, value: Any, record: Any, table: Any) -> Any:
        return table.word_of(record, value)

    def value(self, value: Any, record: Any, table: Any) -> str:
        return str(table.word_of(record, value))


class OwnColumn(TwinColumn):
    """The level a customer has in the second scheme, in the colour of how it compares."""

    def render(self, value: Any, record: Any, table: Any) -> Any:
        tone = "neutral"
        if record.meant is not None:
            tone = "success" if value == record.meant else "warning"
        return badge(table.word_of(record, value), tone)


class TwinTable(tables.ListTable):
    """Customers in two schemes: level, what it means by the matches, own level."""

    number = tables.CodeColumn(accessor="customer__number", verbose_name=_("Number"))
    name = tables.TextColumn(accessor="customer__name", verbose_name=_("Customer name"))
    level = NamedColumn(accessor="level", verbose_name=_("Level in the first scheme"))
    meant = TwinColumn(accessor="meant", verbose_name=_("By the match in the second"), default="–")
    own = OwnColumn(accessor="own", verbose_name=_("Own level in the second"))
    unit = tables.TextColumn(accessor="customer__unit", verbose_name=_("Unit"))
    manager = tables.TextColumn(
        accessor="customer__manager", verbose_name=_("Manager"), default=_("Nobody")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._levels: dict[int, dict[int, Level]] | None = None

    def word_of(self, record: Any, rank: int | None) -> str:
        """Return the name of a level of the second scheme; all are read once for a page."""
        if self._levels is None:
            self._levels = levels_by_scheme()
        return level_word(self._levels.get(record.other_id, {}), rank)
