"""The demonstration brings spreadsheets in: one applied, one undone, one waiting."""

from types import SimpleNamespace

from tests.factories.customers import CustomerFactory

from dakehu.customers.models import PersonProfile
from dakehu.demo.operations import furnish_imports
from dakehu.files.models import ImportRun


def test_files_are_brought_in_once(home, people, at):
    for number in range(40):
        CustomerFactory(manager=people.manager, number=f"01S{number:08d}", name="张伟")
    book = SimpleNamespace(log_ins=[SimpleNamespace(username="supervisor")])

    for _twice in range(2):
        furnish_imports(book=book, administrator=people.administrator, at=at)

    runs = ImportRun.objects.order_by("at")
    assert [run.state for run in runs] == ["APPLIED", "UNDONE", "CHECKED"]
    assert {run.encoding for run in runs} == {"gb18030"}
    assert {run.staff for run in runs} == {people.supervisor}
    assert all(run.rejected and run.updated for run in runs)
    assert PersonProfile.objects.filter(occupation="教师", hobbies="摄影").exists()
