"""Changing products and channels: versions of the matrix by two people."""

from dakehu.channels.operations.versions import (
    draft_matrix,
    propose_matrix,
    publish_matrix,
    save_product,
    save_stages,
    withdraw_matrix,
)

__all__ = [
    "draft_matrix",
    "propose_matrix",
    "publish_matrix",
    "save_product",
    "save_stages",
    "withdraw_matrix",
]
