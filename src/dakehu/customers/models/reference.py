"""What the operator says about products, and the numbers that Dakehu gives out itself."""

from django.db import models

from dakehu.audit.fields import Record


class Product(Record):
    """A product of the operator: its name for people, and whether it binds (粘性业务, V1).

    The files of the cities name products by code; a code that nobody described shows itself.
    """

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80, blank=True)
    # Customers who hold it rarely leave; shown on every individual, held or not.
    is_sticky = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class Sequence(models.Model):
    """The last number that was given out under a name."""

    name = models.CharField(max_length=20, primary_key=True)
    last = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return self.name
