"""Staff files come in from spreadsheets: created, completed, refused with a cure, undone."""

from tests.factories.imports import complaints, counts
from tests.factories.sheets import workbook

from dakehu.audit.models import Change
from dakehu.people.models import Staff

HEADINGS = ("Staff number", "User name", "Name", "Role", "Unit", "Phone")
NEW = ("010077", "qianfeng", "钱峰", "客户经理", "01/东城", "13800001111")


def test_new_people_are_created_without_a_log_in(importer, people):
    run = importer.bring_in("staff", workbook([HEADINGS, NEW]))

    made = Staff.objects.get(username="qianfeng")
    assert (run.state, counts(run)) == ("APPLIED", (1, 0, 0, 0))
    assert (made.name, made.role, made.unit) == ("钱峰", "ACCOUNT_MANAGER", people.units.district)
    assert not made.has_usable_password()
    change = Change.objects.get(subject_id=made.pk, subject_type="people.staff", verb="CREATED")
    assert change.reason == "Import of file.xlsx, line 2"


def test_a_known_person_is_found_by_staff_number_and_completed(importer, manager):
    rows = [
        ("Staff number", "Position", "Phone", "Capacity"),
        ("NO-manager", "主管", "13912345678", 250),
    ]

    run = importer.bring_in("staff", workbook(rows), mode="UPDATE")

    manager.refresh_from_db()
    assert counts(run) == (0, 1, 0, 0)
    assert (manager.position, manager.phone.plain, manager.capacity) == (
        "主管",
        "13912345678",
        250,
    )
    changed = Change.objects.filter(subject_type="people.staff", subject_id=manager.pk).get()
    assert changed.fields["phone"][1] == "139****5678"


def test_a_unit_is_meant_by_its_code_or_by_the_names_down_to_it(importer, people):
    rows = [
        HEADINGS,
        NEW,
        ("010078", "sunyi", "孙一", "HALL", "滨海市/西城", ""),
        ("010079", "sun2", "孙二", "HALL", "滨海", ""),
    ]

    run = importer.bring_in("staff", workbook(rows))

    assert Staff.objects.get(username="sunyi").unit == people.units.next_district
    assert complaints(run)[4][0] == (
        "unit",
        "there is no “滨海” within your reach. Check the spelling",
    )


def test_a_name_that_several_units_bear_is_refused(importer, people):
    people.units.other_district.name = "东城"
    people.units.other_district.save(update_fields=["name"])

    run = importer.check("staff", workbook([HEADINGS, (*NEW[:4], "东城", "")]))

    assert "may mean several" in complaints(run)[2][0][1]


def test_nobody_gives_a_role_beyond_their_own(importer, people):
    from tests.factories.people import StaffFactory

    importer.by = StaffFactory(role="OPERATIONS_CENTER", unit=people.units.province)
    rows = [HEADINGS, (*NEW[:3], "ADMINISTRATOR", *NEW[4:])]

    run = importer.check("staff", workbook(rows))

    assert [field for field, _words in complaints(run)[2]] == ["role"]


def test_people_beyond_reach_are_refused(importer, people):
    from tests.factories.people import StaffFactory

    importer.by = StaffFactory(role="OPERATIONS_CENTER", unit=people.units.other_city)
    rows = [("Staff number", "Position"), ("NO-manager", "主管")]

    run = importer.check("staff", workbook(rows), mode="UPDATE")

    assert "outside your reach" in complaints(run)[2][0][1]


def test_people_created_by_an_import_are_removed_when_it_is_undone(importer):
    run = importer.bring_in("staff", workbook([HEADINGS, NEW]))

    importer.undo(run)

    made = Staff.objects.get(username="qianfeng")
    assert made.removed_at is not None
    assert not made.is_active


def test_a_removed_person_is_not_entered_again(importer):
    importer.undo(importer.bring_in("staff", workbook([HEADINGS, NEW])))

    run = importer.check("staff", workbook([HEADINGS, NEW]))

    assert "was removed" in complaints(run)[2][0][1]
