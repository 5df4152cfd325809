"""Columns of simulations, and of the customers whom they would move."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from dakehu.tiering.choices import SIMULATION_TONES
from dakehu.tiering.models import SimulatedMove, Simulation
from dakehu.tiering.queries.moving import MoveWords
from dakehu.tiering.queries.tried import what_was_tried
from dakehu.tiering.queries.wording import name_of
from dakehu.ui import tables
from dakehu.ui.tables import badge


class SchemeColumn(tables.TextColumn):
    """A scheme by its name in the language of the moment."""

    def render(self, value: Any) -> str:
        return name_of(value)

    def value(self, value: Any) -> str:
        return name_of(value)


class TriedColumn(tables.TextColumn):
    """Which rules were tried out."""

    def render(self, record: Simulation) -> str:
        return what_was_tried(record)

    def value(self, record: Simulation) -> str:
        return what_was_tried(record)


class SimulationTable(tables.ListTable):
    """Simulations: of what, as of when, by whom, how far."""

    scheme = SchemeColumn(accessor="scheme", verbose_name=_("Scheme"))
    tried = TriedColumn(accessor="pk", verbose_name=_("Rules tried out"))
    day = tables.DayColumn(accessor="day", verbose_name=_("Data day"))
    customers = tables.NumberColumn(accessor="customers", verbose_name=_("Customers"))
    state = tables.BadgeColumn(accessor="state", tones=SIMULATION_TONES, verbose_name=_("State"))
    asked_by = tables.TextColumn(accessor="asked_by", verbose_name=_("Asked by"))
    asked = tables.InstantColumn(accessor="asked_at", verbose_name=_("Tried at"))


class LevelColumn(tables.TextColumn):
    """A level by its name; higher than before in green, lower in red."""

    is_new = False

    def render(self, value: Any, record: SimulatedMove, table: Any) -> Any:
        return badge(table.words_of(record).level(value), self.tone(record))

    def value(self, value: Any, record: SimulatedMove, table: Any) -> str:
        return str(table.words_of(record).level(value))

    def tone(self, record: SimulatedMove) -> str:
        """Return the colour of the badge."""
        return "neutral"


class NewLevelColumn(LevelColumn):
    """The level that the rules tried out give."""

    def tone(self, record: SimulatedMove) -> str:
        was = record.before if record.base in (None, record.level) else record.base
        return "success" if was is not None and record.level > was else "danger"


class WhyColumn(tables.TextColumn):
    """Which statements make the difference."""

    def render(self, record: SimulatedMove, table: Any) -> str:
        return table.words_of(record).why(record)  # type: ignore[no-any-return]

    def value(self, record: SimulatedMove, table: Any) -> str:
        return self.render(record, table)


class NearestColumn(tables.TextColumn):
    """What is missing for the next level up."""

    def render(self, record: SimulatedMove, table: Any) -> str:
        return table.words_of(record).nearest(record)  # type: ignore[no-any-return]

    def value(self, record: SimulatedMove, table: Any) -> str:
        return self.render(record, table)


class MoverTable(tables.ListTable):
    """Whom a simulation would move: from where to where, why, what is missing."""

    number = tables.CodeColumn(accessor="customer__number", verbose_name=_("Number"))
    name = tables.TextColumn(accessor="customer__name", verbose_name=_("Customer name"))
    base = LevelColumn(accessor="base", verbose_name=_("By the rules in force"), default="–")
    level = NewLevelColumn(accessor="level", verbose_name=_("By the rules tried out"))
    before = LevelColumn(accessor="before", verbose_name=_("Present level"), default="–")
    why = WhyColumn(accessor="pk", verbose_name=_("What makes the difference"))
    nearest = NearestColumn(accessor="pk", verbose_name=_("Missing for the next level"))
    turn = tables.TextColumn(accessor="get_turn_display", verbose_name=_("Up or down"))
    unit = tables.TextColumn(accessor="customer__unit", verbose_name=_("Unit"))
    manager = tables.TextColumn(
        accessor="customer__manager", verbose_name=_("Manager"), default=_("Nobody")
    )

    optional_columns = ("turn",)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._words: dict[int, MoveWords] = {}

    def words_of(self, move: SimulatedMove) -> MoveWords:
        """Return the words for a mover; of each simulation they are gathered once."""
        if move.simulation_id not in self._words:
            self._words[move.simulation_id] = MoveWords(move.simulation)
        return self._words[move.simulation_id]
