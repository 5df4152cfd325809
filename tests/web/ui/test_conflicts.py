"""Two people edit one record: the second chooses field by field, and nothing is lost."""

from datetime import date

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.template import engines
from django.test import RequestFactory
from django.utils import timezone
from django_htmx.middleware import HtmxDetails
from tests.factories.customers import GroupFactory

from dakehu.audit.errors import EditedMeanwhile
from dakehu.audit.operations import create_record, save_record
from dakehu.customers.models import Contact
from dakehu.ui import conflicts
from dakehu.ui.forms import VersionedForm


class ContactForm(VersionedForm, forms.ModelForm):
    """A form as an app would describe it."""

    class Meta:
        model = Contact
        fields = ("name", "position", "department", "phone", "birth_date")


@pytest.fixture
def contact(manager, at):
    """A contact of a group of the manager's."""
    made = Contact(
        customer=GroupFactory(manager=manager),
        role="CONTACT",
        name="林涛",
        phone="13812345678",
        birth_date=date(1980, 3, 1),
    )
    return create_record(made, by=manager, at=at)


def edit(request, pk, *, by):
    """Answer as a view that edits would."""
    record = Contact.objects.get(pk=pk)
    form = ContactForm(request.POST or None, instance=record)
    if not form.is_valid():
        return HttpResponse(str(form), status=422)
    try:
        save_record(form.save(commit=False), version=form.known_version, by=by, at=timezone.now())
    except EditedMeanwhile as clash:
        return conflicts.show(request, form, clash)
    return HttpResponse("saved")


@pytest.fixture
def send(contact, colleague, english):
    """Return a function that sends the form as a person, from the version that they saw."""

    def sent(values, *, by=colleague, htmx=False):
        headers = {"HX-Request": "true"} if htmx else {}
        request = RequestFactory().post(f"/contacts/{contact.pk}/", values, headers=headers)
        request.user, request.htmx = AnonymousUser(), HtmxDetails(request)
        request._messages = []
        CsrfViewMiddleware(lambda request: None).process_request(request)
        return edit(request, contact.pk, by=by)

    return sent


FORM = {
    "version": 1,
    "name": "林涛",
    "position": "",
    "department": "",
    "phone": "138****5678",
    "birth_date": "****-03-01",
}


def test_a_form_brings_the_version_and_masked_values(contact):
    form = ContactForm(instance=Contact.objects.get(pk=contact.pk))

    assert '<input type="hidden" name="version" value="1"' in str(form)
    assert "138****5678" in str(form)
    assert "13812345678" not in str(form)
    assert "****-03-01" in str(form)


def test_what_comes_back_masked_stays(send, contact):
    assert send({**FORM, "position": "主任"}).content == b"saved"

    kept = Contact.objects.get(pk=contact.pk)
    assert (kept.phone.plain, kept.birth_date.plain) == ("13812345678", "1980-03-01")
    assert kept.position == "主任"


def test_a_value_typed_anew_is_taken_and_an_empty_one_empties(send, contact):
    assert send({**FORM, "phone": "13900001111", "birth_date": ""}).content == b"saved"

    kept = Contact.objects.get(pk=contact.pk)
    assert (kept.phone.plain, kept.birth_date) == ("13900001111", None)


@pytest.mark.parametrize(
    "values", [{"phone": "139****5678"}, {"birth_date": "****-04-01"}, {"birth_date": "1980-13-1"}]
)
def test_half_a_masked_value_is_refused(send, contact, values):
    assert send({**FORM, **values}).status_code == 422
    assert Contact.objects.get(pk=contact.pk).version == 1


def test_a_value_shown_masked_and_left_alone_keeps_what_somebody_else_made_of_it(
    send, manager, contact
):
    send({**FORM, "phone": "13900001111"}, by=manager)

    untouched = {"phone_shown": "138****5678", "birth_date_shown": "****-03-01"}
    assert send({**FORM, **untouched, "position": "处长"}).content == b"saved"

    kept = Contact.objects.get(pk=contact.pk)
    assert (kept.phone.plain, kept.position) == ("13900001111", "处长")


def test_a_refused_form_shows_untouched_values_masked_and_typed_ones_as_typed(contact):
    sent = {**FORM, "name": "", "phone_shown": "138****5678", "birth_date": "nonsense"}

    form = ContactForm(sent, instance=Contact.objects.get(pk=contact.pk))

    assert not form.is_valid()
    assert 'value="138****5678"' in str(form["phone"])
    assert 'value="nonsense"' in str(form["birth_date"])
    assert form.errors.keys() == {"name", "birth_date"}


def test_the_second_edit_is_shown_beside_the_first(send, manager, contact):
    send({**FORM, "position": "主任", "department": "办公室"}, by=manager)

    response = send({**FORM, "position": "处长"})

    page = response.content.decode()
    assert response.status_code == 409
    assert "<html" in page
    for word in ("Value before", "Theirs", "Yours", "主任", "处长", "办公室"):
        assert word in page
    assert '<input type="hidden" name="version" value="2">' in page
    # Where only the other changed something, theirs is chosen already; where both did, nothing.
    assert 'name="choose_department" value="theirs" required checked' in page
    assert 'name="choose_position" value="theirs" required>' in page
    assert 'name="choose_position" value="yours" required>' in page
    assert Contact.objects.get(pk=contact.pk).position == "主任"


def test_htmx_gets_the_fragment(send, manager):
    send({**FORM, "position": "主任"}, by=manager)

    page = send({**FORM, "position": "处长"}, htmx=True).content.decode()

    assert "<html" not in page
    assert 'id="ui-conflict"' in page


def test_the_choice_is_saved_with_the_version_that_is_stored_now(send, manager, contact):
    send({**FORM, "position": "主任", "phone": "13900001111"}, by=manager)

    chosen = {"version": 2, "choose_phone": "theirs", "choose_position": "yours"}
    response = send({**FORM, "position": "处长", **chosen})

    kept = Contact.objects.get(pk=contact.pk)
    assert response.content == b"saved"
    assert (kept.position, kept.phone.plain, kept.version) == ("处长", "13900001111", 3)


def test_a_third_edit_in_between_is_asked_about_again(send, manager):
    send({**FORM, "position": "主任"}, by=manager)
    send({**FORM, "version": 2, "position": "局长"}, by=manager)

    response = send({**FORM, "version": 2, "position": "处长", "choose_position": "yours"})

    page = response.content.decode()
    assert response.status_code == 409
    assert "局长" in page
    # The page's own choices are not carried along.
    assert page.count('name="choose_position"') == 2


def test_a_label_is_that_of_the_form_and_an_unknown_field_has_its_name(contact):
    form = ContactForm(instance=contact)

    class Field:
        name, before, theirs, yours, is_theirs, is_yours = "unknown", "a", "b", "c", True, False

    line = conflicts.line_of(form, Field())

    assert (line.label, line.chosen, line.choice_name) == ("unknown", "theirs", "choose_unknown")
    assert engines["django"].from_string("{{ line.label }}").render({"line": line}) == "unknown"
