"""A form as a page or in the drawer: what it is about, its inputs, its button."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.forms import BaseForm, BoundField
from django.urls import reverse
from django.utils.functional import Promise

from dakehu.customers.values import Likely

Words = str | Promise


@dataclass(frozen=True)
class Sheet:
    """One form: title, what it is about, sections of inputs, a hint, and the word on its button.

    ``back`` is where a page without scripts goes on to. ``likely`` are those whom somebody who is
    being entered may be; they are shown before anything is stored.
    """

    title: Words
    form: BaseForm
    submit: Words
    back: str
    about: str = ""
    hint: Words = ""
    sections: Sequence[tuple[Words, list[BoundField]]] = ()
    is_danger: bool = False
    hidden: list[tuple[str, str]] = field(default_factory=list)
    likely: tuple[Likely, ...] = ()

    @property
    def parts(self) -> Sequence[tuple[Words, list[BoundField]]]:
        """The sections of inputs; without any, all inputs in one."""
        return self.sections or [("", list(self.form.visible_fields()))]

    @property
    def resembling(self) -> list[tuple[str, Likely]]:
        """Those who may be meant, each with its address; those out of reach have none."""
        return [(customer_url(each.pk) if each.pk else "", each) for each in self.likely]


def customer_url(pk: Any) -> str:
    """Return the address of a customer's page, which a higher floor serves."""
    return reverse("desk:customer", args=[pk])


@dataclass(frozen=True)
class Tab:
    """One of several lists that belong together."""

    title: Words
    url: str
    icon: str
    is_current: bool


def tabs_for(actor: Any, screens: Sequence[Any], current: Any) -> list[Tab]:
    """Return the lists that the actor may open, with the one on screen marked."""
    return [
        Tab(screen.title, reverse(screen.name), screen.icon, screen is current)
        for screen in screens
        if actor.may(screen.permission)
    ]
