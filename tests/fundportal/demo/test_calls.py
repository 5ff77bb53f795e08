import pytest

from fundportal import clock
from fundportal.demo.loaders import calls, funds, people
from grants.calls.models import Call
from grants.calls.states import FORECAST, OPEN

pytestmark = pytest.mark.django_db


def quiet(line: str) -> None:
    """The loaders report; nobody listens here."""


def test_the_demo_has_one_call_open_and_one_to_come_and_loading_again_changes_nothing():
    for loader in (funds, people, calls, calls):
        loader.load(quiet)
    states = dict(Call.objects.values_list("code", "state"))
    assert states == {"welcome-2027": OPEN, "kitchens-2027": FORECAST}
    call = Call.objects.get(code="welcome-2027")
    assert call.stages.get().accepts(clock.now())
    assert len(call.stages.get().form_version.form.sections) == 3
    assert call.stages.get().criteria.count() == 4
    assert set(call.titles) == {"en", "fr"}


def test_the_page_of_the_demo_call_reads_in_both_languages(client):
    for loader in (funds, people, calls):
        loader.load(quiet)
    assert "Welcome grants 2027" in client.get("/en/calls/welcome-2027/").content.decode()
    assert "Subventions d’accueil 2027" in client.get("/fr/calls/welcome-2027/").content.decode()
