"""The pages of grantees: bank details, what was sent, and the yes to a grant."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from fundportal import clock
from grants.awards.models import Award
from grants.awards.states import AwardState
from grants.payments.models import BankDetails
from grants.payments.queries.grantee_waiting import details_to_give_again
from grants.payments.states import BankState, RunState
from tests.factories.awards import make_agreement, make_award
from tests.factories.organisations import make_member, make_organisation, make_signatory
from tests.factories.payments import OTHER, make_bank_details, make_run, waiting_change
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db

TYPED = {
    "holder": "City of Example",
    "country": "US",
    "currency": "USD",
    "iban": "",
    "routing_number": "1234 5678 0",
    "account_number": "000111222",
    "bic": "",
}


def as_(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def url(name, *place) -> str:
    return reverse(f"my_payments:{name}", args=place)


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_first_details_are_given_shown_masked_and_wait_for_the_check():
    award = make_award()
    client = as_(make_signatory(award.organisation))
    page = url("bank", award.organisation_id)
    assert "Give the bank details" in text(client.get(page))
    answer = client.post(url("propose", award.organisation_id), TYPED)
    assert answer.headers["Location"] == page
    shown = text(client.get(page))
    assert "•••• 1222" in shown
    assert "000111222" not in shown
    assert "To be checked" in shown
    assert "They count from then on." in shown


def test_a_change_says_that_it_takes_72_hours_and_shows_both():
    award = make_award()
    make_bank_details(award.organisation)
    client = as_(make_signatory(award.organisation))
    form = url("propose", award.organisation_id)
    assert "A change takes 72 hours." in text(client.get(form))
    assert client.post(form, TYPED | {"account_number": "999888777"}).status_code == 302
    shown = text(client.get(url("bank", award.organisation_id)))
    assert "•••• 1222" in shown
    assert "•••• 8777" in shown
    assert "not before" in shown
    made = BankDetails.objects.get(state=BankState.PROPOSED)
    assert made.effective_at - made.proposed_at == timedelta(hours=72)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("routing_number", "123456789"),
        ("account_number", "12"),
        ("bic", "NO"),
        ("holder", ""),
        ("country", ""),
        ("currency", "XXX"),
    ],
)
def test_what_cannot_be_right_is_said_beside_its_box_and_stays_there(field, typed):
    award = make_award()
    answer = as_(make_signatory(award.organisation)).post(url("propose", award.organisation_id), TYPED | {field: typed})
    assert answer.status_code == 422
    shown = text(answer)
    assert f'id="id_{field}-error"' in shown
    assert 'value="City of Example"' in shown or field == "holder"
    assert not BankDetails.objects.exists()


def test_a_wrong_iban_is_refused_at_its_box():
    award = make_award()
    data = TYPED | {"country": "DE", "currency": "EUR", "iban": "DE89 3704 0044 0532 0130 01"}
    answer = as_(make_signatory(award.organisation)).post(url("propose", award.organisation_id), data)
    assert answer.status_code == 422
    assert 'id="id_iban-error"' in text(answer)
    assert "DE89 3704 0044 0532 0130 01" in text(answer)


def test_who_writes_only_reads_and_is_refused_when_they_send_details():
    award = make_award()
    writer = as_(make_member(award.organisation))
    page = text(writer.get(url("bank", award.organisation_id)))
    assert "Somebody who signs for your organisation gives them." in page
    assert "Give the bank details" not in page
    assert writer.post(url("propose", award.organisation_id), TYPED).status_code == 403
    assert not BankDetails.objects.exists()


def test_nobody_is_asked_for_details_before_a_grant_is_offered():
    organisation = make_organisation()
    client = as_(make_signatory(organisation))
    assert "The fund asks for them once it offers you a grant." in text(client.get(url("bank", organisation.pk)))
    answer = client.post(url("propose", organisation.pk), TYPED)
    assert answer.status_code == 409
    assert "Bank details are asked for once a grant is offered to you." in text(answer)


def test_other_organisations_and_their_grants_are_not_there():
    award = make_award()
    stranger = as_(make_signatory(make_organisation()))
    places = [("bank", award.organisation_id), ("bank", award.reference), ("propose", award.organisation_id)]
    assert {stranger.get(url(*place)).status_code for place in places} == {404}
    assert stranger.get(url("accept", award.reference)).status_code == 404
    assert stranger.post(url("accept", award.reference)).status_code == 404
    assert stranger.post(url("propose", award.organisation_id), TYPED).status_code == 404


@pytest.mark.parametrize("name", ["payments", "bank", "propose", "accept"])
def test_who_is_not_signed_in_is_led_to_the_door(name, client):
    award = make_award()
    places = {"payments": (), "accept": (award.reference,)}
    answer = client.get(url(name, *places.get(name, (award.organisation_id,))))
    assert answer.status_code == 302
    assert "/accounts/login/" in answer.headers["Location"]


def test_the_reference_of_a_grant_leads_to_the_bank_details_of_its_organisation():
    award = make_award()
    answer = as_(make_member(award.organisation)).get(url("bank", award.reference))
    assert answer.headers["Location"] == url("bank", award.organisation_id)


def test_what_was_refused_stands_among_what_was_before_with_the_reason():
    award = make_award()
    make_bank_details(award.organisation, state=BankState.REFUSED, facts=OTHER)
    shown = text(as_(make_member(award.organisation)).get(url("bank", award.organisation_id)))
    assert "What stood before" in shown
    assert "The name is another one." in shown


def test_accepting_says_what_is_missing_and_then_begins_the_grant():
    award = make_award()
    signatory = as_(make_signatory(award.organisation))
    page = text(signatory.get(url("accept", award.reference)))
    assert page.count("Missing") == 2
    assert "Both sides have to sign the agreement first." in page
    answer = signatory.post(url("accept", award.reference))
    assert answer.status_code == 409
    make_agreement(award, state="executed")
    assert "The fund has to check your bank details first." in text(signatory.post(url("accept", award.reference)))
    make_bank_details(award.organisation)
    assert "Missing" not in text(signatory.get(url("accept", award.reference)))
    done = signatory.post(url("accept", award.reference))
    assert done.headers["Location"] == reverse("my_grants:grant", args=[award.reference])
    assert Award.objects.get(pk=award.pk).state == AwardState.ACTIVE
    again = signatory.post(url("accept", award.reference))
    assert again.status_code == 409
    assert "Accept the grant</span></button>" not in text(again)


def test_who_writes_only_cannot_accept():
    award = make_award()
    make_agreement(award, state="executed")
    make_bank_details(award.organisation)
    writer = as_(make_member(award.organisation))
    assert "Somebody who signs for your organisation accepts it." in text(writer.get(url("accept", award.reference)))
    assert writer.post(url("accept", award.reference)).status_code == 403
    assert Award.objects.get(pk=award.pk).state == AwardState.OFFERED


def test_what_was_sent_is_listed_for_the_people_of_its_organisation_only():
    sent, kept = make_run(state=RunState.EXPORTED), make_run(state=RunState.DRAFTED)
    payment, draft = sent.instructions.get(), kept.instructions.get()
    organisation = payment.tranche.award.organisation
    assert payment.obligation in text(as_(make_member(organisation)).get(url("payments")))
    assert payment.obligation not in text(as_(make_member(draft.tranche.award.organisation)).get(url("payments")))
    own = text(as_(make_member(draft.tranche.award.organisation)).get(url("payments")))
    assert draft.obligation not in own
    assert "No payment yet" in own


def test_a_change_on_its_way_stands_in_the_list_of_accounts():
    details = waiting_change()
    shown = text(as_(make_member(details.organisation)).get(url("payments")))
    assert "A change to •••• 8777 is on its way." in shown


def test_a_verified_change_says_from_when_it_counts():
    details = waiting_change()
    member = as_(make_member(details.organisation))
    assert "The fund has compared them" in text(member.get(url("bank", details.organisation_id)))
    with clock.at(details.effective_at):
        later = as_(make_member(details.organisation))
        assert "They count from then on." in text(later.get(url("bank", details.organisation_id)))


def test_refused_details_wait_for_whoever_signs_until_new_ones_are_given():
    award = make_award()
    make_bank_details(award.organisation, state=BankState.REFUSED, facts=OTHER)
    signatory, writer = make_signatory(award.organisation), make_member(award.organisation)
    place = url("bank", award.organisation_id)
    assert [each.url for each in details_to_give_again(signatory)] == [place]
    assert list(details_to_give_again(writer)) == []
    assert as_(signatory).post(url("propose", award.organisation_id), TYPED).status_code == 302
    assert list(details_to_give_again(signatory)) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_lists_cost_the_same_for_any_number(count, django_assert_num_queries):
    person = make_person()
    for _number in range(count):
        award = make_award()
        make_bank_details(award.organisation)
        award.organisation.memberships.create(user=person)
        run = make_run(state=RunState.EXPORTED)
        run.instructions.get().tranche.award.organisation.memberships.create(user=person)
    client = as_(person)
    client.get(url("payments"))
    with django_assert_num_queries(QUERIES):
        client.get(url("payments"))


QUERIES = 7
