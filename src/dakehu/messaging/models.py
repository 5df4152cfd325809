"""Articles: what every channel knows and says alike of a matter (G4)."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from dakehu.audit.fields import CodesField, Record
from dakehu.messaging.choices import WORKING, ArticleState, Channel
from dakehu.messaging.querysets import VersionQuerySet

LONGEST_BODY = 10_000


def together(act: str, name: str) -> models.CheckConstraint:
    """Return the constraint that who did something and when are known together."""
    nothing = {f"{act}_by__isnull": True, f"{act}_at__isnull": True}
    both = {f"{act}_by__isnull": False, f"{act}_at__isnull": False}
    return models.CheckConstraint(condition=models.Q(**nothing) | models.Q(**both), name=name)


class Article(models.Model):
    """One matter on which everybody says the same; its words are those of its versions."""

    created_at = models.DateTimeField()
    # Counted anew with every vote and every first reading of a day.
    readings = models.PositiveIntegerField(default=0)
    helped = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The number by which people speak of the article."""
        return f"K{self.pk:05d}"


class ArticleVersion(Record):
    """The words of an article at a time: drafted, proposed, published by a second person."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="versions", db_index=False)
    number = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(
        max_length=9, choices=ArticleState.choices, default=ArticleState.DRAFT
    )
    title = models.CharField(max_length=120)
    topic = models.CharField(max_length=40)
    keywords = models.CharField(max_length=200, blank=True)
    product_code = models.CharField(max_length=40, blank=True)
    # Who may read it; none named means everybody.
    channels = CodesField(max_length=80, blank=True, labels=Channel.choices)
    body = models.TextField(max_length=LONGEST_BODY)
    # The last day on which it may be said; null means until it is replaced.
    valid_until = models.DateField(null=True, blank=True)
    # What this version changes, in the author's words.
    reason = models.CharField(max_length=300, blank=True)
    # Why a second person gave it back.
    decision_note = models.CharField(max_length=300, blank=True)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    proposed_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True)
    # Words of number, title, topic and keywords in characters, pinyin and initials.
    search = models.TextField(blank=True)

    objects: ClassVar[VersionQuerySet] = VersionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="messaging_version_once"),
            models.UniqueConstraint(
                fields=["article"],
                name="messaging_one_published",
                condition=models.Q(state=ArticleState.PUBLISHED),
            ),
            models.UniqueConstraint(
                fields=["article"],
                name="messaging_one_worked_on",
                condition=models.Q(state__in=WORKING),
            ),
            models.CheckConstraint(
                condition=models.Q(published_by__isnull=True)
                | ~models.Q(published_by=models.F("proposed_by")),
                name="messaging_four_eyes",
            ),
            together("proposed", "messaging_proposed"),
            together("published", "messaging_published"),
        ]
        indexes = [
            models.Index(fields=["state", "published_at", "id"], name="messaging_newest"),
            models.Index(fields=["state", "title", "id"], name="messaging_by_title"),
        ]

    def __str__(self) -> str:
        return self.title


class ArticleVote(Record):
    """Whether an article helped somebody, and what they missed in it; one vote each."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="votes", db_index=False)
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    did_help = models.BooleanField()
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "staff"], name="messaging_vote_once"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} {self.staff_id}"


class ArticleReading(models.Model):
    """That somebody read an article on a day; however often they opened it."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="+", db_index=False)
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article", "staff", "on"], name="messaging_reading_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} {self.staff_id} {self.on}"
