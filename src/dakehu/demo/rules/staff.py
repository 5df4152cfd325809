"""The cities of the province and the people who work in them (M5)."""

from dakehu.demo.rules import words
from dakehu.demo.rules.dice import Dice, Scope
from dakehu.demo.rules.plan import City, ProvincePlan, StaffMember

PREFIXES = dict(words.STAFF_ROLES)
HOTLINE_AGENTS = 2
# Role, prefix of the staff number, and how many a city has.
SPECIALISTS = (("CHIEF_REPRESENTATIVE", "CR", 1), ("ENGINEER", "EN", 4), ("PARTNER", "PT", 2))


def cities_of(plan: ProvincePlan) -> tuple[City, ...]:
    """Return the cities of the plan; after the invented names come numbered ones."""
    return tuple(city_named(number) for number in range(1, plan.cities + 1))


def city_named(number: int) -> City:
    """Return the ``number``-th city of the province, from 1."""
    if number <= len(words.PLACES):
        name, districts = words.PLACES[number - 1]
    else:
        name, districts = words.SPARE_CITY[0].format(number=number), words.SPARE_CITY[1]
    return City(f"{number:02d}", name, districts)


def city_sizes(plan: ProvincePlan) -> list[int]:
    """Return how many subscribers each city has on the first day; the capital has the most."""
    weights = [100 // (rank + 2) + 20 for rank in range(plan.cities)]
    sizes = [plan.subscribers * weight // sum(weights) for weight in weights]
    sizes[0] += plan.subscribers - sum(sizes)
    return sizes


def staff_of(city: City, *, managed: int, plan: ProvincePlan) -> tuple[StaffMember, ...]:
    """
    Return the staff of a city that has ``managed`` managed subscribers.

    There is one account manager for every ``managed_per_manager`` of them, going round the
    districts, one telephone manager for every four account managers, and a hall per district.
    """
    managers = max(2, -(-managed // plan.managed_per_manager))
    everywhere = city.districts
    places = {
        "SUPERVISOR": ("",),
        "DISPATCHER": ("",),
        "HOTLINE": ("",) * HOTLINE_AGENTS,
        "HALL": everywhere,
        "TELEPHONE_MANAGER": ("",) * max(1, managers // 4),
        "ACCOUNT_MANAGER": tuple(everywhere[i % len(everywhere)] for i in range(managers)),
    }
    dice = Dice(plan.seed, Scope.STAFF, int(city.code))
    names = iter(staff_names(dice, sum(map(len, places.values()))))
    return tuple(
        StaffMember(staff_no(role, city, number), next(names), role, city.code, place)
        for role, where in places.items()
        for number, place in enumerate(where, start=1)
    )


def staff_no(role: str, city: City, number: int) -> str:
    """Return the number of the ``number``-th with ``role`` in ``city``."""
    return f"{PREFIXES[role]}{city.code}{number:04d}"


def staff_above(plan: ProvincePlan) -> tuple[StaffMember, ...]:
    """Return those who look at the whole province, and the one of headquarters."""
    names = iter(staff_names(Dice(plan.seed, Scope.STAFF), 3))
    return (
        StaffMember("PA000001", next(names), "PROVINCE_ANALYST", "", ""),
        StaffMember("PA000002", next(names), "PROVINCE_ANALYST", "", ""),
        StaffMember("HQ000001", next(names), "HEADQUARTERS_ANALYST", "", ""),
    )


def specialists(plan: ProvincePlan) -> tuple[StaffMember, ...]:
    """
    Return those whom no daily file names: the operations center, and of every city its chief
    representative, engineers and partners.
    """
    center = staff_names(Dice(plan.seed, Scope.SPECIALISTS), 1)
    found = [StaffMember("OC000001", center[0], "OPERATIONS_CENTER", "", "")]
    needed = sum(count for _role, _prefix, count in SPECIALISTS)
    for city in cities_of(plan):
        names = iter(staff_names(Dice(plan.seed, Scope.SPECIALISTS, int(city.code)), needed))
        for role, prefix, count in SPECIALISTS:
            found += [
                StaffMember(f"{prefix}{city.code}{number:04d}", next(names), role, city.code, "")
                for number in range(1, count + 1)
            ]
    return tuple(found)


def staff_names(dice: Dice, count: int) -> list[str]:
    """Return ``count`` names of staff, without rare characters."""
    women = dice.chance(count, 0.55)
    surnames = dice.pick(count, surname_weights()[: len(words.SURNAMES)])
    steps = dice.whole(count, 0, 1_000_000)
    common = [
        (words.GIVEN_FEMALE if woman else words.GIVEN_MALE)[: -words.RARE_NAMES] for woman in women
    ]
    return [
        words.SURNAMES[surname] + given[step % len(given)]
        for given, surname, step in zip(common, surnames, steps, strict=True)
    ]


def surname_weights() -> list[int]:
    """Return how often each surname is met: single ones falling by rank, double ones rarely."""
    single = [10_000 // (rank + 12) for rank in range(len(words.SURNAMES))]
    return single + [6] * len(words.DOUBLE_SURNAMES)
