"""What is promised to whom; the front door of the catalogue."""

from dakehu.catalogue.queries.promises import (
    batch_minimum,
    bodies_in_force,
    coverage_targets,
    entitlements_of,
    forms_of,
    handling_for,
    limit_for,
    priorities_of,
    priority_for,
    promises_for,
    promises_of,
    recurring_for,
    recurring_of,
)

__all__ = [
    "batch_minimum",
    "bodies_in_force",
    "coverage_targets",
    "entitlements_of",
    "forms_of",
    "handling_for",
    "limit_for",
    "priorities_of",
    "priority_for",
    "promises_for",
    "promises_of",
    "recurring_for",
    "recurring_of",
]
