"""What the people of the demonstration know of their customers."""

from datetime import date

from dakehu.demo.rules import archives

ON = date(2026, 3, 2)


def test_the_same_customer_is_always_known_alike():
    assert archives.archive_of_group("G1", on=ON) == archives.archive_of_group("G1", on=ON)
    assert archives.archive_of_group("G1", on=ON) != archives.archive_of_group("G2", on=ON)


def test_every_group_has_a_leader_and_a_key_person():
    for number in range(50):
        roles = [each["role"] for each in archives.archive_of_group(f"G{number}", on=ON).contacts]
        assert roles[:2] == ["LEADER", "KEY_PERSON"]


def test_nothing_drawn_lies_in_the_future():
    for number in range(50):
        drawn = archives.archive_of_group(f"G{number}", on=ON)
        assert all(each["birth_date"] < ON for each in drawn.contacts)
        assert all(each["on"] < ON for each in (*drawn.gifts, *drawn.anniversaries))
        assert all(each["days_ago"] > 0 for each in (*drawn.notes, *drawn.opinions))


def test_a_competitors_note_names_the_competitor():
    notes = [
        note
        for number in range(80)
        for note in archives.archive_of_person(f"S{number}", on=ON).notes
    ]

    assert {note["kind"] for note in notes} >= {"COMPETITOR", "NEED"}
    assert all(note.get("competitor") for note in notes if note["kind"] == "COMPETITOR")
