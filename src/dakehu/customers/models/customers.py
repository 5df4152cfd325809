"""Customers and what the files of the cities say of them (V1, V3, V4, T10)."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models

from dakehu.audit.fields import BirthdayField, PersonalField, Record
from dakehu.common.masking import PersonalKind
from dakehu.customers.choices import (
    AdminLevel,
    BirthCalendar,
    CustomerKind,
    CustomerStatus,
    OrgKind,
    Strategic,
)
from dakehu.customers.querysets import CustomerQuerySet
from dakehu.people.choices import Gender

# A product's start is part of its key, so it cannot be null where a source does not know it.
UNKNOWN_SINCE = date.min


class Customer(Record):
    """An individual or a group of the city files, or a prospect that people entered (V4).

    Tier levels are not kept here: standings live in ``tiering``.
    """

    kind = models.CharField(max_length=10, choices=CustomerKind.choices)
    # sub_id of an individual, group_no of a group; "P" and a number for a prospect.
    number = models.CharField(max_length=64)
    name = models.CharField(max_length=200, blank=True)
    # Lower-case number, name, pinyin and initials; kept by the loader, read by search.
    search = models.TextField(blank=True)
    city_code = models.CharField(max_length=2)
    # Unit, manager and group go without a database constraint: the loader joins the very tables
    # they point to, and PostgreSQL's check of row after row would cost a quarter of a first load.
    unit = models.ForeignKey(
        "people.Unit", models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    group = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        related_name="members",
        db_constraint=False,
        db_index=False,
    )
    managed = models.BooleanField(default=False)
    status = models.SmallIntegerField(choices=CustomerStatus.choices, null=True)

    phone = PersonalField(max_length=20, blank=True)
    gender = models.CharField(max_length=8, choices=Gender.choices, blank=True)
    birth_date = BirthdayField(null=True)
    birth_calendar = models.CharField(max_length=8, choices=BirthCalendar.choices, blank=True)
    brand = models.CharField(max_length=40, blank=True)
    plan_id = models.CharField(max_length=40, blank=True)
    open_date = models.DateField(null=True)
    contract_name = models.CharField(max_length=120, blank=True)
    contract_end = models.DateField(null=True)
    credit_limit_fen = models.BigIntegerField(null=True)
    # The card level that the city's billing system delivers (T18).
    delivered_level = models.SmallIntegerField(null=True)
    # Data day of the newest file row that was applied; older rows that arrive late change nothing.
    # Null for what people entered.
    source_day = models.DateField(null=True)
    # Whom the city's file last named. An assignment made in Dakehu holds until the file changes
    # its own mind, that is, names somebody else than before.
    delivered_manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    identity_no = PersonalField(
        max_length=32, blank=True, kind=PersonalKind.IDENTITY, db_default="", default=""
    )
    # Since when a former customer rests in the retained archive (V6).
    retained_at = models.DateTimeField(null=True)
    retained_reason = models.CharField(max_length=200, blank=True, db_default="", default="")
    # The customer that this one was merged into; merged ones are shown nowhere but there.
    merged_into = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        related_name="merged",
        db_constraint=False,
        db_index=False,
    )

    objects: ClassVar[CustomerQuerySet] = CustomerQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="customers_customer_number"),
        ]
        indexes = [
            # "My customers", paged by key; most individuals have no manager.
            models.Index(
                fields=["manager", "id"],
                name="customers_manager_id",
                condition=models.Q(manager__isnull=False),
            ),
            # The customers of a city, and within it of a district, in the order of the list.
            models.Index(fields=["city_code", "number"], name="customers_city_number"),
            # In the order in which they joined, those who never told when at one end.
            models.Index(fields=["open_date", "id"], name="customers_open_date"),
            # Members of a group; most individuals have none.
            models.Index(
                fields=["group", "id"],
                name="customers_group_id",
                condition=models.Q(group__isnull=False),
            ),
            # Look-up by the full telephone number.
            models.Index(fields=["phone"], name="customers_phone"),
            # Whether few or many have a brand.
            models.Index(fields=["brand"], name="customers_brand"),
            # Those proposed for the archive, in the order of their list; few of all.
            models.Index(
                fields=["city_code", "number"],
                name="customers_leaving",
                condition=models.Q(status=CustomerStatus.PRE_DEREGISTERED),
            ),
            # The retained archive and the removed ones, the newest first; few of all.
            models.Index(
                fields=["retained_at", "id"],
                name="customers_retained",
                condition=models.Q(retained_at__isnull=False),
            ),
            models.Index(
                fields=["removed_at", "id"],
                name="customers_removed",
                condition=models.Q(removed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.number


class GroupProfile(models.Model):
    """What only a group customer has (V4, T7)."""

    customer = models.OneToOneField(
        Customer, models.CASCADE, primary_key=True, related_name="profile"
    )
    industry = models.CharField(max_length=60, blank=True)
    org_kind = models.CharField(max_length=16, choices=OrgKind.choices, blank=True)
    admin_level = models.CharField(max_length=12, choices=AdminLevel.choices, blank=True)
    tax_rank = models.IntegerField(null=True)
    strategic = models.CharField(max_length=12, choices=Strategic.choices, blank=True)
    employees = models.IntegerField(null=True)
    address = PersonalField(max_length=300, blank=True, kind=PersonalKind.ADDRESS)
    # Null where people entered it, that is, of a prospect.
    source_day = models.DateField(null=True)

    def __str__(self) -> str:
        return str(self.customer_id)


class CustomerMonth(models.Model):
    """Money of one customer in one month; managed individuals and groups only (V1, T7)."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="months", db_index=False)
    ym = models.IntegerField()  # YYYYMM
    revenue_fen = models.BigIntegerField(null=True)
    arrears_fen = models.BigIntegerField(null=True)
    arrears_days = models.IntegerField(null=True)
    it_revenue_fen = models.BigIntegerField(null=True)
    it_products = models.IntegerField(null=True)
    source_day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["customer", "ym"], name="customers_month_once"),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.ym}"


class Subscription(models.Model):
    """A product that a customer holds (V1)."""

    customer = models.ForeignKey(
        Customer, models.CASCADE, related_name="subscriptions", db_index=False
    )
    product_code = models.CharField(max_length=40)
    since = models.DateField()
    until = models.DateField(null=True)
    source_day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "product_code", "since"],
                name="customers_subscription_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.product_code}"

    @property
    def is_start_known(self) -> bool:
        """Tell whether the source knew since when; the key needs a day all the same."""
        return self.since != UNKNOWN_SINCE


class ServiceLog(models.Model):
    """An act of a manager recorded in the city's own billing system (P11, F6)."""

    city_code = models.CharField(max_length=2)
    log_no = models.CharField(max_length=64)
    manager_no = models.CharField(max_length=40, blank=True)
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    customer = models.ForeignKey(
        Customer, models.CASCADE, null=True, related_name="service_logs", db_index=False
    )
    at = models.DateTimeField()
    category = models.CharField(max_length=60, blank=True)
    content = models.TextField(blank=True)
    source_day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["city_code", "log_no"], name="customers_log_once"),
        ]
        indexes = [
            # The timeline of a customer, newest first.
            models.Index(fields=["customer", "-at"], name="customers_log_timeline"),
        ]

    def __str__(self) -> str:
        return self.log_no
