"""Papers on screen: drawer, release, signing, list of contracts, talks."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from tests.factories.attachments import attach
from tests.factories.opportunities import claimed, released, signed, terms

from dakehu.opportunities import operations

HTMX = {"HX-Request": "true"}


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def mine(people, now):
    """A leased line that the manager has claimed just now."""
    return claimed(people, at=now)


@pytest.fixture
def contract(mine, people, now):
    return operations.write_contract(opportunity=mine, terms=terms(), by=people.manager, at=now)


def at_paper(name, kind, paper):
    return reverse(f"opportunities:{name}", args=[kind, paper.pk])


def test_a_contract_from_the_drawer_to_both_stamps(sign_in, people, mine, now):
    client = sign_in(people.manager)
    url = reverse("opportunities:contract_new", args=[mine.pk])
    begun = client.get(url, headers=HTMX).context["form"]
    typed = {
        "version": begun.initial["version"], "number": "HT-9", "value_fen": "96000",
        "starts_on": "2026-12-01", "ends_on": "2026-11-01", "notice_days": "60",
    }  # fmt: skip
    wrong = client.post(url, typed, headers=HTMX)
    assert wrong.status_code == 422
    assert "早于" in wrong.context["form"].errors["ends_on"][0]

    answer = client.post(url, {**typed, "ends_on": "2027-11-30"})

    paper = mine.contracts.get()
    assert answer["Location"] == at_paper("paper", "contract", paper)
    assert paper.number in client.get(reverse("opportunities:papers_panel", args=[mine.pk])
                                      ).content.decode()  # fmt: skip
    client.post(at_paper("paper_propose", "contract", paper))
    boss = sign_in(people.supervisor)
    assert boss.get(at_paper("paper", "contract", paper)).context["page"].may_decide
    boss.post(at_paper("paper_release", "contract", paper))
    client.post(at_paper("paper_document", "contract", paper))
    stamps = {"ours_on": f"{now.date()}", "theirs_on": f"{now.date()}"}
    client.post(reverse("opportunities:contract_sign", args=[paper.pk]), stamps)
    mine.refresh_from_db()
    assert (mine.state, mine.contract_no) == ("WON", "HT-9")
    passport = client.get(reverse("opportunities:detail", args=[mine.pk])).content.decode()
    assert "HT-9" in passport


def test_a_change_against_a_newer_one_is_shown_beside_it(sign_in, people, contract, now):
    client = sign_in(people.manager)
    url = at_paper("paper_change", "contract", contract)
    form = client.get(url, headers=HTMX).context["form"]
    begun = {name: form[name].value() for name in form.fields}
    operations.change_paper(
        paper=contract, told=terms("HT-77"), version=contract.version, by=people.supervisor, at=now
    )

    answer = client.post(url, {**begun, "number": "HT-78", "terms": ""}, headers=HTMX)

    contract.refresh_from_db()
    assert answer.status_code == 409
    assert contract.number == "HT-77"


def test_the_list_tells_what_runs_out(sign_in, people, mine, now, django_assert_max_num_queries):
    today = timezone.localdate(now)
    signed(mine, people, at=now, starts_on=date(2025, 1, 1), ends_on=today)
    other = claimed(people, at=now, customer=mine.customer)
    operations.write_contract(opportunity=other, terms=terms("HT-18"), by=people.manager, at=now)
    client = sign_in(people.manager)
    url = reverse("opportunities:contract_list")
    client.get(url)
    with django_assert_max_num_queries(12):
        page = client.get(url, {"running_out": "30"}).content.decode()

    assert "HT-2026-17" in page
    assert "HT-18" not in page
    assert client.get(url, {"words": "HT-18"}).content.decode().count("HT-18") > 1


def test_renewal_leads_to_the_new_opportunity(sign_in, people, mine, now):
    contract = signed(mine, people, at=now)

    answer = sign_in(people.manager).post(
        reverse("opportunities:contract_renew", args=[contract.pk])
    )

    contract.refresh_from_db()
    assert answer["Location"] == reverse("opportunities:detail", args=[contract.renewal_id])
    page = sign_in(people.manager).get(at_paper("paper", "contract", contract)).content.decode()
    assert contract.renewal.number in page


def test_ten_megabytes_in_a_talk_are_refused_and_a_little_too_much_in_words(sign_in, people, mine):
    client = sign_in(people.manager)
    url = reverse("opportunities:meeting_new", args=[mine.pk])
    told = {"kind": "TALK", "held_on": "2026-01-01"}

    much = client.post(url, {**told, "text": "a" * 10_000_000})
    more = client.post(url, {**told, "text": "a" * 4001}, headers=HTMX)

    assert (much.status_code, more.status_code) == (413, 422)
    assert "4000" in more.content.decode()
    assert "附件" in much.content.decode()
    assert not mine.hops.filter(move="MEETING").exists()


def test_a_released_solution_keeps_its_words(sign_in, people, mine, now):
    client = sign_in(people.manager)
    url = reverse("opportunities:solution_new", args=[mine.pk])
    client.post(url, {"version": 0, "technical": "光纤到楼", "price_fen": "800"})
    paper = released(mine.solutions.get(), people, at=now)
    attach(paper, people.manager, at=now)

    refused = client.get(at_paper("paper_change", "solution", paper))
    client.post(
        at_paper("paper_change", "solution", paper),
        {"version": paper.version, "technical": "改了"},
    )

    paper.refresh_from_db()
    assert refused.status_code == 200
    assert (paper.technical, paper.state) == ("光纤到楼", "RELEASED")


def test_a_batch_goes_by_one_file_and_a_wrong_one_is_told_of_at_the_file(sign_in, people, mine):
    client = sign_in(people.manager)
    url = reverse("opportunities:batch_new", args=[mine.pk])
    rows = "\n".join(f"1380000{number:04d},开通" for number in range(30))
    few = SimpleUploadedFile("名单.csv", rows[:20].encode())

    refused = client.post(url, {"file": few, "text": ""}, headers=HTMX)
    client.post(url, {"file": SimpleUploadedFile("名单.csv", rows.encode()), "text": ""})

    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["file"])
    panel = client.get(reverse("opportunities:papers_panel", args=[mine.pk])).content.decode()
    assert mine.supports.get().case.number in panel
    assert "30" in panel
