"""
What may be imported of customers: prospects, and what people know of everybody else (V2, V5).

What the files of the cities deliver is compared and never written: the next night would overwrite
it. Every import writes through the operations that the screens use.
"""

from dakehu.customers.operations.importing.contacts import CONTACTS
from dakehu.customers.operations.importing.files import GROUPS, INDIVIDUALS
from dakehu.customers.operations.importing.notes import MARKET_NOTES
from dakehu.customers.operations.importing.prospects import PROSPECTS
from dakehu.customers.operations.importing.remembering import DAYS, GIFTS

IMPORTS = (PROSPECTS, INDIVIDUALS, GROUPS, CONTACTS, GIFTS, DAYS, MARKET_NOTES)

__all__ = [
    "CONTACTS",
    "DAYS",
    "GIFTS",
    "GROUPS",
    "IMPORTS",
    "INDIVIDUALS",
    "MARKET_NOTES",
    "PROSPECTS",
]
