"""What care keeps."""

from dakehu.care.models.visits import Visit

__all__ = ["Visit"]
