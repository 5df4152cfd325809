"""What was done to a record, who looked at it, and how the log's values read."""

from dakehu.audit.queries.recorded import Past, past_of, present_values
from dakehu.audit.queries.trails import (
    accesses_by,
    accesses_by_people,
    accesses_of,
    changes_by,
    changes_of,
    changes_of_all,
    every_access,
    every_change,
)
from dakehu.audit.queries.wording import (
    changed_words,
    field_words,
    look_words,
    told_fields,
    words_of,
)

__all__ = [
    "Past",
    "accesses_by",
    "accesses_by_people",
    "accesses_of",
    "changed_words",
    "changes_by",
    "changes_of",
    "changes_of_all",
    "every_access",
    "every_change",
    "field_words",
    "look_words",
    "past_of",
    "present_values",
    "told_fields",
    "words_of",
]
