"""Reusable filters over customers."""

from typing import Self

from django.db import models

from dakehu.common.chinese import search_words

SHORTEST_TAIL = 4


class CustomerQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Filters over customers."""

    def matching(self, words: str) -> Self:
        """Keep customers of whom every word is told.

        A word is part of the number, name, pinyin or initials, or the telephone number, or its
        last digits (four or more).
        """
        found = self
        for word in search_words(words):
            is_tail = word.isdigit() and len(word) >= SHORTEST_TAIL
            phone = models.Q(phone__endswith=word) if is_tail else models.Q(phone=word)
            found = found.filter(models.Q(search__contains=word) | phone)
        return found

    def exactly(self, typed: str) -> Self:
        """Keep the customers with exactly this number or telephone number; an index look-up."""
        return self.filter(models.Q(number=typed.strip()) | models.Q(phone=typed.strip()))
