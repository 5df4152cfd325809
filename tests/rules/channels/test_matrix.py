"""The matrix that comes with Dakehu says what its sources say; bodies survive being stored."""

from dataclasses import replace

import pytest

from dakehu.channels.choices import Activity, Channel, Fulfilment, Mark, Stage, Way
from dakehu.channels.jobs.packs import shipped_matrix
from dakehu.channels.rules.bodies import body_from_data, body_to_data, digest_of
from dakehu.channels.rules.editing import gaps, openers, with_product
from dakehu.channels.values import Capability, Product

BODY = shipped_matrix()
SIX = ("VPMN", "SHORT_NUMBER", "SWITCHBOARD", "CARD_BASIC", "SMS_SERVICE", "MAIL", "PAYMENT")
BY_ORDER = ("LEASED_LINE", "CARD_PREMIUM", "MAS", "GROUP_RING", "GPRS", "MOBILE_MAIL",
            "SMS_DIRECT", "BLACKBERRY", "INDUSTRY")  # fmt: skip


def marks(channel, product):
    return dict(BODY.capability(Channel(channel), product).marks)


@pytest.mark.parametrize("code", SIX)
def test_a_hall_opens_these_directly_in_the_billing_system(code):
    assert marks("HALL", code)[Activity.OPEN] == Mark.DIRECT
    assert BODY.products[code].fulfilment == Fulfilment.BOSS


@pytest.mark.parametrize("code", BY_ORDER)
def test_a_hall_pre_accepts_these_by_work_order(code):
    cell = BODY.capability(Channel.HALL, code)

    assert (cell.marks, cell.otherwise) == ({}, Way.PRE_ACCEPT)
    assert BODY.products[code].fulfilment == Fulfilment.ORDER


@pytest.mark.parametrize("code", ["SMS_SERVICE", "MAIL", "CARD_BASIC", "CARD_PREMIUM"])
def test_the_website_opens_changes_and_cancels_these(code):
    found = {activity: Mark.DIRECT for activity in ("OPEN", "CHANGE", "CANCEL")}

    assert marks("WEBSITE", code) == found


def test_the_website_passes_on_everything_else():
    assert BODY.capability(Channel.WEBSITE, "MAS") == Capability()


@pytest.mark.parametrize("code", ["VPMN", "SHORT_NUMBER"])
def test_the_hotline_adds_members_and_deletes_the_member_in_person(code):
    assert marks("HOTLINE", code) == {"ADD_MEMBER": Mark.DIRECT, "DELETE_MEMBER": Mark.IN_PERSON}


def test_the_hotline_changes_basic_data_and_pre_accepts_the_rest():
    assert marks("HOTLINE", "GROUP_DATA") == {"DATA": Mark.DIRECT}
    assert BODY.capability(Channel.HOTLINE, "MAS").otherwise == Way.PRE_ACCEPT


@pytest.mark.parametrize("code", ["VPMN", "SHORT_NUMBER"])
def test_a_telephone_manager_handles_these_within_authority(code):
    assert marks("TELEPHONE", code)[Activity.OPEN] == Mark.AUTHORITY


def test_a_telephone_manager_collects_for_ring_tones_and_passes_on_the_complex():
    assert BODY.capability(Channel.TELEPHONE, "GROUP_RING") == Capability({}, Way.PRE_ACCEPT)
    assert BODY.capability(Channel.TELEPHONE, "MAS") == Capability({}, Way.REFER)


@pytest.mark.parametrize("channel", ["MANAGER", "PARTNER"])
def test_managers_and_partners_sell_what_they_have_authority_for(channel):
    assert all(marks(channel, code)["OPEN"] == Mark.AUTHORITY for code in BODY.products)


def test_nobody_else_completes_anything():
    for channel in (Channel.EXPERIENCE, Channel.CENTER):
        assert not any(BODY.capability(channel, code).marks for code in BODY.products)


def test_every_stage_has_a_main_channel():
    for stage in Stage:
        assert any(row.get(stage) == "MAIN" for row in BODY.stages.values())


def test_what_is_stored_is_what_was_meant():
    data = body_to_data(BODY)

    assert body_from_data(data) == BODY
    assert digest_of(body_to_data(body_from_data(data))) == digest_of(data)


def test_a_product_that_nobody_opens_is_a_gap_until_it_is_retired():
    fresh = Product("NEW", "新产品", "New")
    cells = dict.fromkeys(Channel, Capability())
    body = with_product(BODY, fresh, cells)

    assert list(gaps(BODY)) == []
    assert list(gaps(body)) == ["NEW"]
    assert list(gaps(with_product(body, replace(fresh, is_retired=True), cells))) == []
    assert set(openers(BODY, "MAS")) == {Channel.MANAGER, Channel.PARTNER}


def test_an_unknown_word_is_refused():
    data = body_to_data(BODY)
    data["stages"] = {"PIGEON": {}}

    with pytest.raises(ValueError, match="PIGEON"):
        body_from_data(data)
