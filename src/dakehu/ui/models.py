"""What a person keeps of the lists they use."""

from django.conf import settings
from django.db import models
from django.urls import reverse


class SavedView(models.Model):
    """A list as one person wants to find it again: filter, order, columns and page size."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False
    )
    # URL name of the list.
    screen = models.CharField(max_length=80)
    name = models.CharField(max_length=40)
    # The query string that the view stands for.
    query = models.TextField(blank=True)
    is_default = models.BooleanField(default=False)

    class Meta:
        constraints = [
            # Also finds the views of a person on a list.
            models.UniqueConstraint(
                fields=["owner", "screen", "name"], name="ui_savedview_name_once"
            ),
            models.UniqueConstraint(
                fields=["owner", "screen"],
                condition=models.Q(is_default=True),
                name="ui_savedview_one_default",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        """Return the address of the list as this view shows it."""
        parts = [self.query, f"view={self.pk}"]
        return reverse(self.screen) + "?" + "&".join(part for part in parts if part)


class ColumnSet(models.Model):
    """The columns that one person last chose for a list."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False
    )
    screen = models.CharField(max_length=80)
    columns = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "screen"], name="ui_columnset_once"),
        ]

    def __str__(self) -> str:
        return self.screen
