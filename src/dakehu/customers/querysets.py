"""Reusable filters over customers."""

from typing import Self

from django.db import models

from dakehu.common.chinese import search_words


class CustomerQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Filters over customers."""

    def matching(self, words: str) -> Self:
        """Keep customers whose number, name, pinyin, initials or phone contain every word."""
        found = self
        for word in search_words(words):
            found = found.filter(models.Q(search__contains=word) | models.Q(phone=word))
        return found
