"""Questionnaires, who is asked, and what they answered (G2)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from dakehu.audit.fields import Record
from dakehu.surveys.choices import (
    AskedBy,
    InvitationState,
    QuestionKind,
    Source,
    SurveyState,
)


class Survey(Record):
    """A questionnaire: drafted, running, ended. Its questions stay once it runs."""

    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80, blank=True)
    intro = models.CharField(max_length=300, blank=True)
    intro_en = models.CharField(max_length=300, blank=True)
    # The last day on which it is answered.
    last_day = models.DateField()
    # After how many days who has not answered the link is reminded, once; null for never.
    remind_after = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=6, choices=SurveyState.choices, default=SurveyState.DRAFT)
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+", db_index=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    made_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(published_by__isnull=True, published_at__isnull=True)
                | Q(published_by__isnull=False, published_at__isnull=False),
                name="surveys_published",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Question(Record):
    """One question of a survey, in both languages; a choice has its answers one a line.

    What has no English is asked in Chinese.
    """

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="questions")
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=9, choices=QuestionKind.choices)
    text = models.CharField(max_length=200)
    text_en = models.CharField(max_length=200, blank=True)
    options = models.TextField(max_length=1000, blank=True)
    options_en = models.TextField(max_length=1000, blank=True)
    is_required = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.text


class SurveyInvitation(Record):
    """That a customer is asked, once; who looks after them and their level are those of then."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="invitations", db_index=False)
    customer = models.ForeignKey(
        "customers.Customer", models.CASCADE, related_name="+", db_index=False
    )
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+", db_index=False)
    tier = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=6, choices=Source.choices)
    way = models.CharField(max_length=5, choices=AskedBy.choices)
    state = models.CharField(
        max_length=9, choices=InvitationState.choices, default=InvitationState.ASKED
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    asked_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    # Who asked on the telephone; null where the customer answered by the link.
    heard_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    # The lowest score of each kind, for the figures.
    recommend = models.PositiveSmallIntegerField(null=True)
    satisfied = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(recommend__isnull=True) | Q(recommend__lte=10),
                name="surveys_recommend",
            ),
            models.CheckConstraint(
                condition=Q(satisfied__isnull=True) | Q(satisfied__range=(1, 5)),
                name="surveys_satisfied",
            ),
        ]
        indexes = [
            models.Index(fields=["survey", "state", "id"], name="surveys_state"),
            models.Index(fields=["customer", "asked_at"], name="surveys_customer"),
            models.Index(fields=["asked_at", "id"], name="surveys_asked"),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.customer_id}"


class SurveyAnswer(models.Model):
    """What a customer answered to one question; kept as it was given, never changed."""

    invitation = models.ForeignKey(
        SurveyInvitation, models.CASCADE, related_name="answers", db_index=False
    )
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    number = models.PositiveSmallIntegerField(null=True)
    text = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["invitation", "question"], name="surveys_answered_once"
            )
        ]

    def __str__(self) -> str:
        return self.text or str(self.number)
