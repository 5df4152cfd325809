"""The list engine: one frozen description becomes a whole list screen.

An app describes its list once and its view is one line::

    CUSTOMERS = ListScreen(name="customers:list", title=_("Customers"), ...)

    def customer_list(request):
        return lists.show(request, CUSTOMERS)

From the description follow the filter form, sorting, paging by key, column choice, saved views,
the capped total, the Excel export (of a ``personal`` list only after a release) and bulk actions;
all of them over the very same rows, which the app's query has already narrowed to what the person
may see.
"""

from dakehu.ui.lists.paging import Grades
from dakehu.ui.lists.screens import (
    Action,
    AddedColumn,
    BulkAction,
    ListScreen,
    register_bulk,
    register_column,
    screen_named,
)
from dakehu.ui.lists.selections import choice_words, chosen, posted_choice, posted_screen
from dakehu.ui.lists.views import show

__all__ = [
    "Action",
    "AddedColumn",
    "BulkAction",
    "Grades",
    "ListScreen",
    "choice_words",
    "chosen",
    "posted_choice",
    "posted_screen",
    "register_bulk",
    "register_column",
    "screen_named",
    "show",
]
