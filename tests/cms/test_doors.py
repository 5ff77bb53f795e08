import pytest
from django.test import Client

from fundportal.access import Role
from tests.factories.people import hold, make_person

pytestmark = pytest.mark.usefixtures("site_pages")
ADMIN = ("/cms/", "/cms/pages/", "/cms/reports/locked/", "/cms/users/")


@pytest.mark.parametrize("url", ADMIN)
def test_a_stranger_is_led_to_the_one_sign_in_page(client: Client, url: str):
    response = client.get(url)
    assert response.status_code == 302
    assert "/accounts/login/" in response["Location"]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.EDITOR])
def test_no_other_role_opens_the_editors_room(client: Client, role: Role):
    client.force_login(make_person("Nobody", role))
    assert client.get("/cms/").status_code == 403


def test_a_superuser_without_the_role_stays_outside(client: Client):
    client.force_login(make_person("Root", is_superuser=True))
    assert client.get("/cms/").status_code == 403


def test_an_editor_reads_and_edits_pages(client: Client):
    client.force_login(make_person("Edith", Role.EDITOR))
    assert client.get("/cms/").status_code == 200
    assert client.get("/cms/pages/").status_code == 200


def test_an_editor_whose_role_has_ended_is_outside_again(client: Client):
    person = make_person("Edith")
    grant = hold(person, Role.EDITOR)
    client.force_login(person)
    assert client.get("/cms/").status_code == 200
    grant.delete()
    assert client.get("/cms/").status_code == 403
