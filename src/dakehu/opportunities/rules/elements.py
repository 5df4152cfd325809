"""The six elements of an opportunity, and which of them are missing (OP2)."""

from dakehu.opportunities.choices import Element
from dakehu.opportunities.values import Elements


def missing(elements: Elements, *, is_named: bool, is_customer: bool) -> tuple[Element, ...]:
    """Return the elements that are not known yet; nothing is refused for lack of them."""
    known = {
        Element.BASICS: is_named and elements.expected_fen is not None,
        Element.ENTERPRISE: is_customer or bool(elements.company),
        Element.CONTACT: bool(elements.contact_name and elements.contact_phone),
        Element.KEY_PERSON: bool(elements.key_person),
        Element.NEED: bool(elements.need_kind),
        Element.PRESENT: bool(elements.present),
    }
    return tuple(element for element, is_known in known.items() if not is_known)
