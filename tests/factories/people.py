"""Units and staff; :func:`make_people` sets up the province that every test knows."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import factory
from django.contrib.auth.hashers import make_password

from dakehu.people.choices import UnitKind
from dakehu.people.models import Staff, Unit

PASSWORD = "open-sesame-2026"


class UnitFactory(factory.django.DjangoModelFactory):
    """A unit; its path follows from its parent."""

    class Meta:
        model = Unit
        skip_postgeneration_save = True

    kind = UnitKind.DISTRICT
    code = factory.Sequence(lambda n: f"unit-{n}")
    name = factory.LazyAttribute(lambda unit: unit.code)
    parent = None

    @factory.post_generation
    def path(unit, create, extracted, **options):  # noqa: N805 - factory_boy passes the object
        above = unit.parent.path if unit.parent else ""
        unit.path = f"{above}{unit.pk}/"
        if create:
            unit.save(update_fields=["path"])


class StaffFactory(factory.django.DjangoModelFactory):
    """A person with a log-in whose password is PASSWORD."""

    class Meta:
        model = Staff

    username = factory.Sequence(lambda n: f"person-{n}")
    staff_no = factory.Sequence(lambda n: f"S{n:05d}")
    name = factory.LazyAttribute(lambda person: person.username)
    role = "ACCOUNT_MANAGER"
    unit = factory.SubFactory(UnitFactory)
    password = factory.LazyFunction(lambda: make_password(PASSWORD))


@dataclass
class Units:
    """The tree: headquarters, a province, two cities with districts."""

    headquarters: Unit
    province: Unit
    city: Unit  # 01
    district: Unit  # 01/东城
    next_district: Unit  # 01/西城
    other_city: Unit  # 02
    other_district: Unit  # 02/南山


class People(SimpleNamespace):
    """Everybody by part: manager, colleague, stranger, supervisor …, and ``units``."""

    @property
    def everybody(self) -> dict[str, Staff]:
        """Return the staff by the name of their part."""
        return {part: person for part, person in vars(self).items() if isinstance(person, Staff)}


def make_units() -> Units:
    """Make the tree that all tests know."""
    headquarters = UnitFactory(kind=UnitKind.HEADQUARTERS, code="headquarters", name="集团总部")
    province = UnitFactory(
        kind=UnitKind.PROVINCE, code="province", name="省公司", parent=headquarters
    )
    city = UnitFactory(kind=UnitKind.CITY, code="01", name="滨海市", parent=province)
    other = UnitFactory(kind=UnitKind.CITY, code="02", name="山城市", parent=province)
    return Units(
        headquarters=headquarters,
        province=province,
        city=city,
        district=UnitFactory(code="01/东城", name="东城", parent=city),
        next_district=UnitFactory(code="01/西城", name="西城", parent=city),
        other_city=other,
        other_district=UnitFactory(code="02/南山", name="南山", parent=other),
    )


def make_people() -> People:
    """Make the units and the people that all tests know, one for each role and three managers."""
    units = make_units()

    def person(part: str, role: str, unit: Unit, name: str) -> Staff:
        return StaffFactory(username=part, staff_no=f"NO-{part}", role=role, unit=unit, name=name)

    return People(
        units=units,
        manager=person("manager", "ACCOUNT_MANAGER", units.district, "王芳"),
        colleague=person("colleague", "ACCOUNT_MANAGER", units.district, "李强"),
        stranger=person("stranger", "ACCOUNT_MANAGER", units.other_district, "赵敏"),
        supervisor=person("supervisor", "SUPERVISOR", units.city, "陈静"),
        dispatcher=person("dispatcher", "DISPATCHER", units.city, "刘洋"),
        hotline_agent=person("hotline_agent", "HOTLINE", units.city, "杨丽"),
        hall_clerk=person("hall_clerk", "HALL", units.district, "周杰"),
        telephone_manager=person("telephone_manager", "TELEPHONE_MANAGER", units.city, "吴霞"),
        chief_representative=person(
            "chief_representative", "CHIEF_REPRESENTATIVE", units.district, "钱进"
        ),
        engineer=person("engineer", "ENGINEER", units.district, "冯刚"),
        partner=person("partner", "PARTNER", units.district, "褚燕"),
        operations_center=person("operations_center", "OPERATIONS_CENTER", units.province, "卫东"),
        province_analyst=person("province_analyst", "PROVINCE_ANALYST", units.province, "郑伟"),
        headquarters_analyst=person(
            "headquarters_analyst", "HEADQUARTERS_ANALYST", units.headquarters, "孙磊"
        ),
        administrator=person("administrator", "ADMINISTRATOR", units.headquarters, "马超"),
    )


def make_file(unit: Unit) -> Staff:
    """Make somebody who works in a unit, with a skill, and a leave that has not begun."""
    begins = datetime(2099, 3, 2, tzinfo=UTC)
    staff = StaffFactory(unit=unit)
    staff.skills.create(kind="SKILL", name="商务谈判", proficiency="GOOD")
    staff.leaves.create(starts_at=begins, ends_at=begins + timedelta(days=3))
    return staff
