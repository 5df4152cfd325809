"""Products and channels; the front door. They are the same for everybody."""

from dakehu.channels.queries.matrices import (
    body_in_force,
    body_of,
    get_version,
    kept_body,
    number_in_force,
    place_of,
    version_in_force,
    version_url,
    version_words,
    versions_known,
)

__all__ = [
    "body_in_force",
    "body_of",
    "get_version",
    "kept_body",
    "number_in_force",
    "place_of",
    "version_in_force",
    "version_url",
    "version_words",
    "versions_known",
]
