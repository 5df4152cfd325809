"""Words of solutions on screen: written, released by two, and what a solution begins with."""

import pytest
from tests.factories.opportunities import claimed

from dakehu.opportunities import operations
from dakehu.opportunities.errors import UnableToKeepOpportunity
from dakehu.opportunities.models import SolutionTemplate
from dakehu.opportunities.values import Parts, Wording

TYPED = {
    "name": "专线标准方案",
    "product": "LEASED_LINE",
    "technical": "为 {customer} 建设 {products}，联系人 {contact}",
    "commercial": "三年",
    "version": 0,
}


@pytest.fixture
def written(sign_in, people):
    """A draft that the operations center wrote on screen."""
    sign_in(people.operations_center).post("/opportunities/templates/new/", TYPED)
    return SolutionTemplate.objects.get()


def test_a_place_that_stands_for_nothing_is_refused(sign_in, people):
    browser = sign_in(people.operations_center)

    answer = browser.post("/opportunities/templates/new/", TYPED | {"technical": "{phone}"})

    assert answer.status_code == 422
    assert "{phone}" in answer.content.decode()
    assert not SolutionTemplate.objects.exists()


def test_a_second_person_releases_it_and_a_solution_begins_with_it(sign_in, people, written):
    made = claimed(people)
    manager = sign_in(people.manager)
    new = f"/opportunities/{made.pk}/solutions/new/"
    assert "专线标准方案" not in manager.get(new).content.decode()
    assert manager.get(f"{new}?template={written.pk}").status_code == 404

    page = f"/opportunities/templates/{written.pk}/"
    sign_in(people.operations_center).post(f"{page}release/")
    written.refresh_from_db()
    assert written.state == "DRAFT"
    sign_in(people.supervisor).post(f"{page}release/")
    written.refresh_from_db()
    assert (written.state, written.released_by) == ("RELEASED", people.supervisor)

    assert f"?template={written.pk}" in manager.get(new).content.decode()
    begun = manager.get(f"{new}?template={written.pk}").content.decode()
    assert f"为 {made.whose} 建设" in begun
    assert "{contact}" in begun


def test_a_place_that_is_left_keeps_a_solution_from_being_proposed(people, at):
    made = claimed(people)
    paper = operations.write_solution(
        opportunity=made, parts=Parts("联系人 {contact}"), by=people.manager, at=at
    )

    with pytest.raises(UnableToKeepOpportunity, match="contact"):
        operations.propose_paper(paper=paper, by=people.manager, at=at)


def test_the_next_version_takes_the_place_of_the_last(sign_in, people, written, at):
    operations.release_template(template=written, by=people.supervisor, at=at)
    browser = sign_in(people.operations_center)
    browser.post(
        f"/opportunities/templates/{written.pk}/next/", TYPED | {"technical": "新", "name": "x"}
    )
    second = SolutionTemplate.objects.get(number=2)
    assert second.name == written.name
    again = Wording(written.name, written.product, "第三")
    with pytest.raises(UnableToKeepOpportunity):
        operations.write_template(wording=again, by=people.operations_center, at=at)

    operations.release_template(template=second, by=people.supervisor, at=at)
    written.refresh_from_db()
    assert written.state == "WITHDRAWN"
    assert "V2" in browser.get(f"/opportunities/templates/{second.pk}/").content.decode()


def test_the_list_costs_the_same_however_long(
    sign_in, people, written, django_assert_max_num_queries
):
    browser = sign_in(people.manager)
    browser.get("/opportunities/templates/")

    with django_assert_max_num_queries(14):
        assert "专线标准方案" in browser.get("/opportunities/templates/").content.decode()
