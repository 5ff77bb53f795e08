"""A cancelled call: everybody who writes or waits hears why, and what the body decided is not cancelled away."""

import pytest
from django.test import Client
from django.urls import reverse

from fundportal.access import Role
from fundportal.mail.models import Letter
from fundportal.refusals import Refusal
from fundportal.waiting import waiting_for
from grants.applications.states import ApplicationState
from grants.calls import services
from grants.calls.models import Call
from grants.calls.states import CANCELLED, OPEN
from grants.decisions.states import DeliberationState
from tests.factories.applications import make_application
from tests.factories.calls import make_call
from tests.factories.decisions import make_deliberation, make_funded_call
from tests.factories.organisations import make_signatory
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db

WHY = "The money went to a flood."


def cancelled(call: Call) -> None:
    services.cancel(call.pk, reason=WHY, by=make_person("", Role.MANAGER, fund=call.fund))


def test_whoever_writes_or_waits_has_a_letter_with_the_public_reason():
    call = make_call(state=OPEN)
    stage = call.stages.get()
    concerned = [make_application(stage=stage, state=state) for state in ("draft", "submitted", "screening")]
    make_application(stage=stage, state=ApplicationState.WITHDRAWN)
    people = [make_signatory(application.organisation) for application in concerned]
    cancelled(call)
    letters = Letter.objects.filter(template="applications/news")
    assert {person.email for person in people} <= {letter.to_address for letter in letters}
    assert {letter.subject.split(":")[0] for letter in letters} == {one.reference for one in concerned}
    assert all(WHY in letter.text_body for letter in letters)


def test_its_page_says_so_and_no_draft_waits_any_more(client: Client):
    draft = make_application(stage=make_call(state=OPEN).stages.get(), state=ApplicationState.DRAFT)
    signatory = make_signatory(draft.organisation)
    assert [item.url for item in waiting_for(signatory)]
    cancelled(draft.stage.call)
    assert waiting_for(signatory) == []
    client.force_login(signatory)
    page = client.get(reverse("my_applications:application", args=[draft.reference])).content.decode()
    assert "This call is cancelled" in page
    assert WHY in page


def test_the_office_reads_it_beside_the_application(client: Client):
    call = make_call(state=OPEN)
    application = make_application(stage=call.stages.get(), state=ApplicationState.SUBMITTED)
    cancelled(call)
    client.force_login(make_person("", Role.OFFICER, fund=call.fund))
    page = client.get(reverse("applications:application", args=[application.reference])).content.decode()
    assert "This call is cancelled" in page


@pytest.mark.parametrize("state", [DeliberationState.ADOPTED, DeliberationState.RELEASED])
def test_a_call_with_adopted_decisions_is_not_cancelled(state: str):
    call = make_funded_call()
    make_deliberation(call, state=state)
    with pytest.raises(Refusal) as refusal:
        cancelled(call)
    assert refusal.value.status == 409
    assert Call.objects.get(pk=call.pk).state != CANCELLED
    assert not Letter.objects.filter(template="applications/news").exists()
