import pytest

from fundportal.demo.loaders import applications, calls, funds, organisations, people
from grants.applications.models import Application
from grants.applications.queries.proofs import PROOFS
from grants.applications.states import ApplicationState

pytestmark = pytest.mark.django_db


def quiet(line: str) -> None:
    """The loaders report; nobody listens here."""


def test_the_demo_has_two_applications_received_and_one_half_written_and_loading_again_changes_nothing():
    for loader in (funds, people, organisations, calls, applications, applications):
        loader.load(quiet)
    states = dict(Application.objects.values_list("organisation__name", "state"))
    assert states == {
        "Port Aurora Newcomers Association": ApplicationState.SUBMITTED,
        "City of Valmont": ApplicationState.DRAFT,
        "City of Lindmark": ApplicationState.SUBMITTED,
    }
    assert [fault for check in PROOFS.values() for fault in check()] == []


def test_without_an_open_call_nothing_is_loaded():
    for loader in (funds, people, organisations, applications):
        loader.load(quiet)
    assert not Application.objects.exists()
