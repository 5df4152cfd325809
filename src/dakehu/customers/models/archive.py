"""What people add to the files: persons of a group, habits, notes, own fields (V2, V3)."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from dakehu.audit.fields import BirthdayField, PersonalField, Record
from dakehu.common.masking import PersonalKind
from dakehu.customers.choices import (
    BirthCalendar,
    ContactRole,
    CustomerKind,
    FieldType,
    Influence,
    NoteKind,
    OpinionSource,
    Satisfaction,
)
from dakehu.customers.querysets import ToldQuerySet
from dakehu.people.choices import Gender


class Habits(Record):
    """What is known of a person beyond numbers, for care that fits (V1, V3)."""

    hobbies = models.CharField(max_length=200, blank=True)
    preferences = models.CharField(max_length=300, blank=True)
    # What gives joy as a present, and what does not.
    gift_wishes = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        abstract = True


class PersonProfile(Habits):
    """What people learned of an individual customer (V1, V3)."""

    customer = models.OneToOneField(
        "customers.Customer", models.CASCADE, primary_key=True, related_name="person"
    )
    occupation = models.CharField(max_length=80, blank=True)
    employer = models.CharField(max_length=120, blank=True)
    email = PersonalField(max_length=120, blank=True, kind=PersonalKind.MAIL)

    def __str__(self) -> str:
        return str(self.customer_id)


class Contact(Habits):
    """A person of a group or of a prospect: leader, key person, contact or product user (T10)."""

    customer = models.ForeignKey(
        "customers.Customer", models.CASCADE, related_name="contacts", db_index=False
    )
    # The individual customer that this person is, if it is one.
    member = models.ForeignKey(
        "customers.Customer", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # To whom of the same customer's people this one reports.
    superior = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=12, choices=ContactRole.choices)
    name = models.CharField(max_length=80)
    # Lower-case name, pinyin and initials; kept by the operations, read by search.
    search = models.TextField(blank=True)
    department = models.CharField(max_length=80, blank=True)
    position = models.CharField(max_length=80, blank=True)
    influence = models.CharField(max_length=8, choices=Influence.choices, blank=True)
    is_primary = models.BooleanField(default=False)
    gender = models.CharField(max_length=8, choices=Gender.choices, blank=True)
    phone = PersonalField(max_length=20, blank=True)
    email = PersonalField(max_length=120, blank=True, kind=PersonalKind.MAIL)
    birth_date = BirthdayField(null=True, blank=True)
    birth_calendar = models.CharField(max_length=8, choices=BirthCalendar.choices, blank=True)
    # Codes or names of the products this person uses.
    products = models.CharField(max_length=200, blank=True)

    objects: ClassVar[ToldQuerySet] = ToldQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            # The people of a group.
            models.Index(fields=["customer", "id"], name="customers_contact_customer"),
            # Look-up by the full telephone number.
            models.Index(fields=["phone"], name="customers_contact_phone"),
        ]

    def __str__(self) -> str:
        return self.name


class Address(Record):
    """One of several addresses of a customer (V4)."""

    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="addresses")
    label = models.CharField(max_length=40)
    address = PersonalField(max_length=300, kind=PersonalKind.ADDRESS)
    postcode = models.CharField(max_length=12, blank=True)

    def __str__(self) -> str:
        return self.label


class Anniversary(Record):
    """A day to remember each year: founding, opening, wedding (C9)."""

    customer = models.ForeignKey(
        "customers.Customer", models.CASCADE, related_name="anniversaries"
    )
    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="anniversaries"
    )
    title = models.CharField(max_length=80)
    on = models.DateField()
    calendar = models.CharField(
        max_length=8, choices=BirthCalendar.choices, default=BirthCalendar.SOLAR
    )

    def __str__(self) -> str:
        return self.title


class Gift(Record):
    """A present that a customer or one of its people was given (V1)."""

    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="gifts")
    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="gifts"
    )
    on = models.DateField()
    what = models.CharField(max_length=120)
    occasion = models.CharField(max_length=80, blank=True)
    value_fen = models.BigIntegerField(null=True, blank=True)
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.what


class MarketNote(Record):
    """What was learned about competitors, the market or needs at a customer (V5)."""

    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="market_notes")
    kind = models.CharField(max_length=12, choices=NoteKind.choices)
    competitor = models.CharField(max_length=80, blank=True)
    product = models.CharField(max_length=80, blank=True)
    text = models.TextField()
    price_fen = models.BigIntegerField(null=True, blank=True)
    # Until when the competitor's offer or contract runs.
    until = models.DateField(null=True, blank=True)
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} {self.competitor}"


class Opinion(Record):
    """What a customer said at a visit or on the telephone (V1)."""

    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="opinions")
    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="opinions"
    )
    source = models.CharField(max_length=8, choices=OpinionSource.choices)
    text = models.TextField()
    # 1 (very dissatisfied) to 5 (very satisfied); null if it was no judgement.
    satisfaction = models.SmallIntegerField(choices=Satisfaction.choices, null=True, blank=True)
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(satisfaction__isnull=True)
                | models.Q(satisfaction__range=(1, 5)),
                name="customers_opinion_satisfaction",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.at:%Y-%m-%d}"


class CustomField(Record):
    """A field that the operator added to a kind of customer on screen (V2, F10)."""

    kind = models.CharField(max_length=10, choices=CustomerKind.choices)
    key = models.SlugField(max_length=40)
    label = models.CharField(max_length=60)
    label_en = models.CharField(max_length=60, blank=True)
    type = models.CharField(max_length=8, choices=FieldType.choices)
    # The options of a choice, in order.
    options = models.JSONField(default=list, blank=True)
    is_required = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    help_text = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="customers_customfield_key"),
        ]

    def __str__(self) -> str:
        return self.label


class CustomValue(models.Model):
    """What a customer has in a custom field; exactly the column of the field's type is filled."""

    customer = models.ForeignKey(
        "customers.Customer", models.CASCADE, related_name="custom_values", db_index=False
    )
    field = models.ForeignKey(CustomField, models.CASCADE, related_name="values", db_index=False)
    # Texts and choices.
    text = models.CharField(max_length=500, blank=True)
    number = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    day = models.DateField(null=True)
    yes = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "field"], name="customers_customvalue_once"
            ),
        ]
        indexes = [
            # Filters of the list: customers by a field's value.
            models.Index(fields=["field", "text"], name="customers_custom_text"),
            models.Index(fields=["field", "number"], name="customers_custom_number"),
            models.Index(fields=["field", "day"], name="customers_custom_day"),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.field_id}"
