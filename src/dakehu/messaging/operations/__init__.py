"""Keeping articles, and what readers do with them (G4)."""

from dakehu.messaging.operations.articles import (
    decline_version,
    draft_article,
    propose_version,
    publish_version,
    restore_version,
    revise_article,
    save_draft,
    unsaved_version,
    withdraw_version,
)
from dakehu.messaging.operations.reading import count_reading, vote_on

__all__ = [
    "count_reading",
    "decline_version",
    "draft_article",
    "propose_version",
    "publish_version",
    "restore_version",
    "revise_article",
    "save_draft",
    "unsaved_version",
    "vote_on",
    "withdraw_version",
]
