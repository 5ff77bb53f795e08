"""Another organisation's application does not exist: on every URL, for reading and for acting."""

import uuid

import pytest
from django.urls import reverse

from fundportal.access import Role
from grants.applications import my_urls, office_urls
from grants.applications.states import ApplicationState
from tests.factories.applications import make_application
from tests.factories.organisations import make_organisation, make_signatory
from tests.factories.people import make_fund, make_person

S = ApplicationState
OF_A_STAGE = {"extend", "amend_form"}
MORE = {
    "section": {"key": "project"},
    "acknowledgement": {"number": 1},
    "acknowledgement_pdf": {"number": 1},
    "file": {"token": uuid.uuid4()},
    "person_remove": {"collaborator": 1},
}
WITHOUT_OBJECT = {"applications", "start"}


def addresses(module, application):
    names = [pattern.name for pattern in module.urlpatterns if pattern.name not in WITHOUT_OBJECT]
    stage = {"code": application.stage.call.code, "number": application.stage.number}
    one = {"reference": application.reference}
    places = [(name, stage if name in OF_A_STAGE else one | MORE.get(name, {})) for name in names]
    return [reverse(f"{module.app_name}:{name}", kwargs=place) for name, place in places]


@pytest.fixture
def theirs(house):
    return make_application(house.stage, state=S.SUBMITTED)


def answers(client, address):
    """What is only posted to says 405 to everybody who looks, whatever the reference."""
    return {client.get(address).status_code, client.post(address).status_code}


def test_other_applicants_find_nothing(house, theirs, client):
    client.force_login(house.signatory)
    found = {address: answers(client, address) for address in addresses(my_urls, theirs)}
    assert {address: seen for address, seen in found.items() if seen - {404, 405}} == {}
    assert all(404 in seen for seen in found.values())


def test_staff_do_not_enter_by_the_applicants_door(house, theirs, client):
    client.force_login(house.manager)
    assert {404} == {client.get(address).status_code for address in addresses(my_urls, theirs)} - {405}


def test_applicants_do_not_enter_the_office(theirs, client):
    client.force_login(theirs.started_by)
    seen = [client.get(address).status_code for address in addresses(office_urls, theirs)]
    assert set(seen) == {403}
    assert client.get(reverse("applications:applications")).status_code == 403


def test_staff_of_another_fund_find_nothing(theirs, client):
    client.force_login(make_person("Otto Demo", Role.MANAGER, fund=make_fund()))
    found = {address: answers(client, address) for address in addresses(office_urls, theirs)}
    assert {address: seen for address, seen in found.items() if seen - {404, 405}} == {}


def test_nobody_enters_without_signing_in(theirs, client):
    for module in (my_urls, office_urls):
        for address in addresses(module, theirs):
            assert client.get(address).url.startswith(reverse("account_login"))


def test_whoever_left_the_organisation_finds_nothing(theirs, client):
    membership = theirs.started_by.memberships.get()
    client.force_login(theirs.started_by)
    mine = reverse("my_applications:application", args=[theirs.reference])
    assert client.get(mine).status_code == 200
    membership.ended_at = membership.joined_at
    membership.save()
    assert client.get(mine).status_code == 404


def test_nobody_begins_for_somebody_elses_organisation(house, client):
    other = make_organisation()
    make_signatory(other)
    client.force_login(house.signatory)
    start = reverse("my_applications:start", args=[house.stage.pk])
    answer = client.post(start, {"organisation": other.pk, "language": "en"})
    assert answer.status_code == 422
    assert other.applications.count() == 0
