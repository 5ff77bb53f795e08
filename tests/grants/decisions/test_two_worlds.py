"""Worlds that differ only in a decision nobody has announced: what an applicant can read is the same to the byte."""

import re
from collections import Counter
from collections.abc import Callable
from contextlib import suppress

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from fundportal import clock
from fundportal.access import Role
from fundportal.mail.models import Letter
from grants.applications.models import Application
from grants.decisions import services
from grants.decisions.services import Advice
from grants.decisions.states import DeliberationState, Outcome, Proposal
from tests.factories.decisions import make_decidable, make_deliberation, make_line
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db

OF_THE_MOMENT = re.compile(rb'(name="csrfmiddlewaretoken" value|nonce)="[^"]*"|name="started" value="[^"]*"')
NOW = clock.now()


class EndOfTheWorldError(Exception):
    """Takes back all that was done in one world."""


@pytest.fixture
def application(house):
    return make_decidable(house.stage)


@pytest.fixture
def reader(application) -> Client:
    client = Client()
    client.force_login(application.started_by)
    return client


def nothing(_house, _application):
    pass


def adopted(outcome: str) -> Callable:
    def adopt(house, application):
        deliberation = make_deliberation(house.call, state=DeliberationState.SUBMITTED_TO_BODY, lines=0)
        amount = {} if outcome == Outcome.APPROVE else {"amount_minor": None, "currency": ""}
        make_line(deliberation, application, outcome=outcome, **amount)
        services.adopt(deliberation.pk, by=house.clerk)

    return adopt


def on_a_list(house, application):
    make_line(make_deliberation(house.call, lines=0), application)


def back_to_the_panel(house, application):
    adopted(Outcome.DECLINE)(house, application)
    services.take_back(application.pk, reason="The panel meets again.", by=house.clerk)


WORLDS = {
    "on a list": on_a_list,
    "approved": adopted(Outcome.APPROVE),
    "declined": adopted(Outcome.DECLINE),
    "taken back": back_to_the_panel,
}


def seen(house, application, reader, world: Callable) -> list[object]:
    """Every page, every refusal and every letter an applicant can get at, in a world that ends afterwards."""
    found: list[object] = []
    with suppress(EndOfTheWorldError), transaction.atomic(), clock.at(NOW):
        world(house, application)
        found += [_answer(reader.get(url)) for url in [*_pages(application), *_papers(application)]]
        found += [_answer(reader.post(url, data)) for url, data in _acts(application)]
        found += [_answer(reader.get(url)) for url in _pages(application)]
        found += list(Letter.objects.order_by("to_address", "subject").values_list("subject", "text_body"))
        _end()
    return found


def _end() -> None:
    raise EndOfTheWorldError


def _answer(response) -> tuple[int, str, bytes]:
    body = OF_THE_MOMENT.sub(b"", response.getvalue() if response.streaming else response.content)
    return response.status_code, response.headers.get("Location", ""), body


def _pages(application) -> list[str]:
    mine = [application.reference]
    first = application.draft.form_version.form.sections[0].key
    one = [reverse(f"my_applications:{name}", args=mine) for name in ("application", "check")]
    section = reverse("my_applications:section", args=[*mine, first])
    public = reverse("call", args=[application.stage.call.code])
    return [reverse("my_applications:applications"), "/my/", "/my/organisations/", *one, section, public]


def _papers(application) -> list[str]:
    names = ("acknowledgement", "acknowledgement_pdf")
    return [reverse(f"my_applications:{name}", args=[application.reference, 1]) for name in names]


def _acts(application) -> list[tuple[str, dict[str, str]]]:
    """Knocking at shut doors, and leaving through the one that is open."""
    mine = [application.reference]
    first = application.draft.form_version.form.sections[0].key
    return [
        (reverse("my_applications:unlock", args=mine), {}),
        (reverse("my_applications:send", args=mine), {"version": "1"}),
        (reverse("my_applications:section", args=[*mine, first]), {"version": "1"}),
        (reverse("my_applications:person_add", args=mine), {"email": "new@example.org", "full_name": "New One"}),
        (reverse("my_applications:withdraw", args=mine), {"reason": "We found the money elsewhere."}),
    ]


def test_before_the_announcement_nothing_an_applicant_reads_tells_of_it(house, application, reader):
    undecided = seen(house, application, reader, nothing)
    assert Counter(status for status, *_rest in undecided)[200] >= len(_pages(application))
    for name, world in WORLDS.items():
        assert seen(house, application, reader, world) == undecided, name


def test_what_the_panel_proposes_is_not_told_either(house, reader):
    """A reserve goes back to the panel, which then proposes something else."""
    application = make_decidable(house.stage, Proposal.RESERVE)
    reader.force_login(application.started_by)

    def proposed(_house, _application):
        services.take_back(application.pk, reason="The panel met again.", by=house.clerk)
        services.recommend(application.pk, advice=Advice(Proposal.NOT_RECOMMEND, "No room."), by=house.chair)

    assert seen(house, application, reader, proposed) == seen(house, application, reader, nothing)


def test_canary_after_the_announcement_the_pages_differ(house, application, reader):
    def announced(_house, _application):
        adopted(Outcome.APPROVE)(house, application)
        deliberation = application.decisions.get(is_effective=True).deliberation
        with clock.at(deliberation.release_at):
            services.release(deliberation.pk, by=make_person("", Role.CLERK, fund=house.call.fund))

    assert seen(house, application, reader, announced) != seen(house, application, reader, nothing)


def test_canary_a_refusal_in_the_words_of_the_office_would_tell(house, application, reader, monkeypatch):
    monkeypatch.delattr(Application, "standing_in_public")
    told = seen(house, application, reader, adopted(Outcome.APPROVE))
    assert told != seen(house, application, reader, nothing)
