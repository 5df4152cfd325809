"""What was done to a record, who looked at it, and how the log's values read."""

from dakehu.audit.queries.trails import (
    accesses_by,
    accesses_of,
    changes_of,
    changes_of_all,
)
from dakehu.audit.queries.wording import words_of

__all__ = ["accesses_by", "accesses_of", "changes_of", "changes_of_all", "words_of"]
