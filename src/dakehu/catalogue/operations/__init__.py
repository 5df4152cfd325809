"""Changing the catalogue: versions of services by two people; what comes with Dakehu."""

from dakehu.catalogue.operations.services import add_service
from dakehu.catalogue.operations.versions import (
    draft_version,
    propose_version,
    publish_version,
    save_frame,
    save_terms,
    withdraw_version,
)

__all__ = [
    "add_service",
    "draft_version",
    "propose_version",
    "publish_version",
    "save_frame",
    "save_terms",
    "withdraw_version",
]
