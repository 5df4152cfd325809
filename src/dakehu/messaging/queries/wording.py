"""What is said of articles in words, and where they are."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from dakehu.messaging.models import ArticleVersion


def channel_words(version: ArticleVersion) -> list[str]:
    """Return who may read a version; an empty list is everybody."""
    field: Any = ArticleVersion._meta.get_field("channels")
    words: list[str] = field.words(version.channels)
    return words


def article_words(facts: Mapping[str, Any]) -> str:
    """Return the words of a to-do to publish an article."""
    return _("%(by)s asks you to publish the article “%(title)s”") % facts


def article_url(number: int) -> str:
    """Return where a version that waits is published."""
    return reverse("messaging:version", args=[number])
