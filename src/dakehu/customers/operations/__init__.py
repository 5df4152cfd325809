"""
Changing customers: what the nightly run applies from the files of the cities (F5, F6).

Revealing a masked value is an operation too, because it leaves a trace (promise 3).

Within one delivery apply in the order of :data:`APPLY`: groups before their members, customers
before what belongs to them.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from dakehu.customers.operations.archive import apply_groups, apply_subscribers
from dakehu.customers.operations.custom_fields import (
    define_field,
    edit_field,
    move_field,
    remove_field,
    restore_field,
    set_custom_values,
    unsaved_field,
)
from dakehu.customers.operations.details import (
    add_detail,
    edit_detail,
    remove_detail,
    restore_detail,
    save_person,
    unsaved,
    unsaved_person,
)
from dakehu.customers.operations.duplicates import dismiss_pair, reopen_pair, scan_duplicates
from dakehu.customers.operations.history import (
    apply_group_months,
    apply_months,
    apply_service_logs,
    apply_subscriptions,
)
from dakehu.customers.operations.indexes import indexes_put_off
from dakehu.customers.operations.merging import follow_mergers, merge_customers
from dakehu.customers.operations.owners import hold_owners, set_managers
from dakehu.customers.operations.products import describe_product, edit_product
from dakehu.customers.operations.prospects import (
    create_prospect,
    edit_prospect,
    remove_prospect,
    restore_prospects,
)
from dakehu.customers.operations.relations import Relation, stays
from dakehu.customers.operations.relations import register as register_relation
from dakehu.customers.operations.retention import bring_back_customers, retire_customers
from dakehu.customers.operations.unmerging import undo_merger
from dakehu.customers.operations.words import refresh_words, tell_again
from dakehu.customers.values import Applied

APPLY: Mapping[str, Callable[..., Applied]] = MappingProxyType(
    {
        "group": apply_groups,
        "subscriber": apply_subscribers,
        "month": apply_months,
        "group_month": apply_group_months,
        "subscription": apply_subscriptions,
        "service_log": apply_service_logs,
    }
)
"""What applies each interface, by the interface's name, in the order of one delivery."""

__all__ = [
    "APPLY",
    "Relation",
    "add_detail",
    "apply_group_months",
    "apply_groups",
    "apply_months",
    "apply_service_logs",
    "apply_subscribers",
    "apply_subscriptions",
    "bring_back_customers",
    "create_prospect",
    "define_field",
    "describe_product",
    "dismiss_pair",
    "edit_detail",
    "edit_field",
    "edit_product",
    "edit_prospect",
    "follow_mergers",
    "hold_owners",
    "indexes_put_off",
    "merge_customers",
    "move_field",
    "refresh_words",
    "register_relation",
    "remove_detail",
    "remove_field",
    "remove_prospect",
    "reopen_pair",
    "restore_detail",
    "restore_field",
    "restore_prospects",
    "retire_customers",
    "save_person",
    "scan_duplicates",
    "set_custom_values",
    "set_managers",
    "stays",
    "tell_again",
    "undo_merger",
    "unsaved",
    "unsaved_field",
    "unsaved_person",
]
