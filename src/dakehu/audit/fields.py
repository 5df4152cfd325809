"""Model fields for personal values: stored plain, shown masked (promise 3)."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import models

from dakehu.common.masking import Masked, PersonalKind


class PersonalField(models.CharField):
    """Text that identifies a person; loads as :class:`~dakehu.common.masking.Masked`."""

    def __init__(
        self, *args: Any, kind: PersonalKind = PersonalKind.PHONE, **options: Any
    ) -> None:
        self.kind = PersonalKind(kind)
        super().__init__(*args, **options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "kind": self.kind.value}

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Masked | None:
        """Wrap what the database returns, also in ``values()`` and ``values_list()``."""
        return None if value is None else Masked(value, self.kind)

    def to_python(self, value: Any) -> Any:
        return value if isinstance(value, Masked) or value is None else str(value)

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(value.plain if isinstance(value, Masked) else value)

    def run_validators(self, value: Any) -> None:
        super().run_validators(value.plain if isinstance(value, Masked) else value)

    def value_to_string(self, obj: models.Model) -> str:
        value = self.value_from_object(obj)
        return value.plain if isinstance(value, Masked) else str(value or "")

    def formfield(self, **options: Any) -> Any:
        """Edit it masked: what is not typed anew stays."""
        # Forms need the app registry, which is not ready while models are loaded.
        from dakehu.ui.forms import MaskedField

        return super().formfield(**{"form_class": MaskedField, **options})


class BirthdayField(models.DateField):
    """A birthday; loads as :class:`~dakehu.common.masking.Masked`, whose text hides the year."""

    def from_db_value(self, value: date | None, expression: Any, connection: Any) -> Masked | None:
        """Wrap what the database returns, also in ``values()`` and ``values_list()``."""
        return None if value is None else Masked(value.isoformat(), PersonalKind.BIRTHDAY)

    def to_python(self, value: Any) -> Any:
        return value if isinstance(value, Masked) else super().to_python(value)

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(value.plain if isinstance(value, Masked) else value)

    def value_to_string(self, obj: models.Model) -> str:
        value = self.value_from_object(obj)
        return value.plain if isinstance(value, Masked) else str(value or "")

    def formfield(self, **options: Any) -> Any:
        """Edit it with its year masked: a day that is not typed anew stays."""
        # Forms need the app registry, which is not ready while models are loaded.
        from dakehu.ui.forms import MaskedDayField

        return super().formfield(**{"form_class": MaskedDayField, **options})


class CodesField(models.CharField):
    """
    Several codes of a fixed set in one text, each between blanks so that one can be asked for.

    ``labels`` are the codes with their words, in order.
    """

    def __init__(self, *args: Any, labels: Sequence[tuple[str, Any]] = (), **options: Any) -> None:
        self.labels = tuple(labels)
        super().__init__(*args, **options)

    @staticmethod
    def text_of(codes: Iterable[str]) -> str:
        """Return codes as they are stored; none is an empty text."""
        kept = " ".join(codes)
        return f" {kept} " if kept else ""

    def words(self, text: str) -> list[str]:
        """Return the words of stored codes, in the order of the set."""
        codes = (text or "").split()
        return [str(label) for code, label in self.labels if code in codes]

    def formfield(self, **options: Any) -> Any:
        """Edit it by ticking."""
        # Forms need the app registry, which is not ready while models are loaded.
        from dakehu.ui.forms import TickedField

        given = {"required": not self.blank, "label": self.verbose_name, **options}
        return TickedField(choices=self.labels, **given)


class Record(models.Model):
    """What every record that people make has: a version against lost edits, and soft removal.

    ``version`` counts the edits (promise 8). A removed record keeps its row and can be restored.
    """

    version = models.PositiveIntegerField(default=1, db_default=1)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
