"""Conflicts of interest, as the office declares, reads and ends them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fundportal.access import Role
from fundportal.accounts.models import User
from fundportal.organisations.models import Conflict
from tests.factories.organisations import make_conflict, make_organisation
from tests.factories.people import make_person

READERS = {Role.OFFICER, Role.MANAGER, Role.CHAIR, Role.AUDITOR}


@pytest.fixture
def enter(db: None, client: Client) -> Callable[[User], Client]:
    def sign_in(person: User) -> Client:
        client.force_login(person)
        return client

    return sign_in


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("role", Role)
def test_each_role_reads_declares_and_ends_what_it_may(enter: Any, role: Role) -> None:
    conflict = make_conflict(make_person("Rosa", Role.REVIEWER), make_organisation())
    client = enter(make_person("Robin", role))
    may_read, may_declare = role in READERS, role in READERS - {Role.AUDITOR}
    may_end = role in {Role.MANAGER, Role.CHAIR}
    assert client.get(reverse("office:conflicts")).status_code == (200 if may_read else 403)
    assert client.get(reverse("office:conflict_declare")).status_code == (200 if may_declare else 403)
    answer = client.post(reverse("office:conflict_end", args=[conflict.pk]))
    assert answer.status_code == (302 if may_end else 403)


def test_an_officer_declares_a_conflict_for_a_reviewer(enter: Any) -> None:
    valmont, rosa = make_organisation("City of Valmont"), make_person("Rosa", Role.REVIEWER)
    client, address = enter(make_person("Otto", Role.OFFICER)), reverse("office:conflict_declare")
    assert "No conflict declared" in text(client.get(reverse("office:conflicts")))
    assert client.post(address, {"person": rosa.pk, "organisation": "", "reason": ""}).status_code == 422
    typed = {"person": rosa.pk, "organisation": valmont.pk, "reason": "Advised them last year."}
    page = text(client.post(address, typed, follow=True))
    assert "Rosa keeps away from City of Valmont from now on." in page
    assert "Advised them last year." in page
    assert "End this conflict" not in page


def test_a_manager_ends_a_conflict_but_never_their_own(enter: Any) -> None:
    mona = make_person("Mona", Role.MANAGER)
    own = make_conflict(mona, make_organisation())
    other = make_conflict(make_person("Rosa", Role.REVIEWER), make_organisation())
    client = enter(mona)
    assert "This is your own conflict. Somebody else ends it." in text(client.get(reverse("office:conflicts")))
    assert client.post(reverse("office:conflict_end", args=[own.pk])).status_code == 403
    address = reverse("office:conflict_end", args=[other.pk])
    assert "The conflict has ended." in text(client.post(address, follow=True))
    assert client.post(address).status_code == 409
    assert list(Conflict.objects.in_force().order_by("pk")) == [own]


def test_thirty_rows_take_as_many_queries_as_three(enter: Any) -> None:
    client, counts = enter(make_person("Mona", Role.MANAGER)), []
    for rows in (3, 27):
        for _row in range(rows):
            make_conflict(make_person(), make_organisation())
        client.get(reverse("office:conflicts"))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("office:conflicts"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 8
