"""What a search compares with: the words told of customers and contacts (V1, promise 7)."""

from django.db import models

from dakehu.customers.fields import ToldWordsField


class ToldWords(models.Model):
    """The words told of one record, and the text that they were made from.

    Kept apart from the record, so that the files of a night load without an index of words, and
    made good afterwards: a source that differs from the record's is told anew.
    """

    source = models.TextField()
    words = ToldWordsField()

    class Meta:
        abstract = True


class CustomerWords(ToldWords):
    """The words told of a customer."""

    record = models.OneToOneField(
        "customers.Customer",
        models.DO_NOTHING,
        primary_key=True,
        db_constraint=False,
        related_name="told",
    )

    def __str__(self) -> str:
        return str(self.pk)


class ContactWords(ToldWords):
    """The words told of a person of a group."""

    record = models.OneToOneField(
        "customers.Contact",
        models.DO_NOTHING,
        primary_key=True,
        db_constraint=False,
        related_name="told",
    )

    def __str__(self) -> str:
        return str(self.pk)
