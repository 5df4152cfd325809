"""Which unit, person or role a text of a spreadsheet may mean, within somebody's reach."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from django.conf import settings
from django.db.models import Q
from django.utils.translation import override

from dakehu.people.models import Staff
from dakehu.people.queries.roles import roles_known
from dakehu.people.queries.staff import staff_visible_to
from dakehu.people.queries.units import units_within

SEPARATORS = ("/", " ", "-", ">", "")
Candidates = Mapping[str, Sequence[int]]


def units_meant(actor: Staff, texts: Collection[str]) -> Candidates:
    """
    Return the units that texts may mean: by code, by name, or by the names from the city down.

    A code is certain; a name that several units bear gives them all.
    """
    codes: dict[str, list[int]] = {}
    names: dict[str, list[int]] = defaultdict(list)
    by_number = {str(unit.pk): unit for unit in units_within(actor)}
    for unit in by_number.values():
        codes[unit.code] = [unit.pk]
        names[unit.name].append(unit.pk)
        above = (by_number.get(number) for number in (unit.path or "").strip("/").split("/"))
        line = [each.name for each in above if each is not None]
        for start in range(len(line) - 1):
            for separator in SEPARATORS:
                names[separator.join(line[start:])].append(unit.pk)
    return {text: codes.get(text) or names.get(text, []) for text in texts}


def staff_meant(actor: Staff, texts: Collection[str]) -> Candidates:
    """Return the active people whom texts may mean: by staff number, user name or whole name."""
    wanted = list(texts)
    meant = Q(staff_no__in=wanted) | Q(username__in=wanted) | Q(name__in=wanted)
    people = staff_visible_to(actor).active().filter(meant)
    found: dict[str, dict[str, list[int]]] = {
        name: defaultdict(list) for name in ("staff_no", "username", "name")
    }
    for person in people:
        for name, numbers in found.items():
            numbers[getattr(person, name)].append(person.pk)
    return {
        text: next((found[name][text] for name in found if found[name].get(text)), [])
        for text in wanted
    }


def roles_meant(actor: Staff, texts: Collection[str]) -> Mapping[str, Sequence[str]]:
    """Return the codes of the roles that texts may mean: by code, or by name in any language."""
    said: dict[str, set[str]] = defaultdict(set)
    for role in roles_known():
        said[role.code.lower()].add(role.code)
        for language, _name in settings.LANGUAGES:
            with override(language):
                said[str(role.name).lower()].add(role.code)
    return {text: sorted(said.get(text.lower(), ())) for text in texts}
