"""Imports: one frozen description becomes template, mapping, dry run, applying and undoing.

An app describes what it takes in from spreadsheets once, and registers it when it starts::

    CONTACTS = ImportScreen(name="contacts", title=_("Contacts"), fields=(...), ...)
    imports.register(CONTACTS)

The screens, the background work and the book of imports are in the app ``files``; from the
description the list named by ``list_name`` gets its buttons. An import writes through the
operations of its own app only, so permissions, the record of changes and refusals are the same as
on screen.
"""

from dakehu.ui.imports.screens import (
    Act,
    Draft,
    Found,
    ImportField,
    ImportScreen,
    UnableToImport,
    refusing,
)
from dakehu.ui.imports.shelf import Entry, entries_for, known, register, screen_of

__all__ = [
    "Act",
    "Draft",
    "Entry",
    "Found",
    "ImportField",
    "ImportScreen",
    "UnableToImport",
    "entries_for",
    "known",
    "refusing",
    "register",
    "screen_of",
]
