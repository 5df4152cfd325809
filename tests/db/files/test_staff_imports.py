"""Staff files come in from spreadsheets: created, completed, refused with a cure, undone."""

from tests.factories.imports import complaints, counts
from tests.factories.sheets import text, workbook

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
