"""What the audit refuses."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from dakehu.audit.values import FieldClash


class UnableToRewriteHistory(Exception):
    """An audit row was about to be changed or removed; rows are only ever added (P8)."""


class EditedMeanwhile(Exception):
    """A record was changed by somebody else since it was put on the screen (promise 8).

    ``version`` is the version that is stored now, ``fields`` what clashes. The screen shows them
    side by side and saves again with that version.
    """

    def __init__(self, *, version: int, fields: Sequence[FieldClash]) -> None:
        super().__init__(_("Somebody else changed this in the meantime. Choose what shall stand."))
        self.version = version
        self.fields = tuple(fields)
