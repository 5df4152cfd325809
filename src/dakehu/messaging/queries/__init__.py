"""Articles for those who may read or keep them (G4)."""

from dakehu.messaging.queries.articles import (
    found_articles,
    get_article,
    get_version,
    kept_versions,
    missed_in,
    readable_by,
    shown_version,
    suggested_articles,
    topics,
    versions_of,
    vote_of,
)
from dakehu.messaging.queries.wording import article_url, article_words, channel_words

__all__ = [
    "article_url",
    "article_words",
    "channel_words",
    "found_articles",
    "get_article",
    "get_version",
    "kept_versions",
    "missed_in",
    "readable_by",
    "shown_version",
    "suggested_articles",
    "topics",
    "versions_of",
    "vote_of",
]
