"""Two at once, on PostgreSQL: an offer, two approvals, a payment against the end of its award."""

import pytest

from fundportal.access import Role
from fundportal.ledger.models import Journal
from fundportal.refusals import Refusal
from grants.awards import services
from grants.awards.models import Award, Tranche
from grants.awards.services import tranches
from grants.awards.states import AwardState, TrancheState
from tests.factories.awards import make_award, make_tranche
from tests.factories.people import make_person
from tests.grants.awards.conftest import make_desk
from tests.support.sessions import is_waiting, meanwhile

pytestmark = pytest.mark.postgres

S, T = AwardState, TrancheState


@pytest.fixture
def requested(committed_db):
    tranche = make_tranche(make_award(state=S.ACTIVE), state=T.REQUESTED)
    fund = tranche.award.fund
    return (
        tranche,
        make_person("Mara Manager", Role.MANAGER, fund=fund),
        make_person("Chen Checker", Role.FINANCE_CHECKER, fund=fund),
    )


def state_of(tranche):
    return Tranche.objects.get(pk=tranche.pk).state


def test_the_second_of_two_who_approve_sees_the_first(requested):
    tranche, manager, checker = requested
    with meanwhile(lambda: services.approve_tranche(tranche.pk, by=checker)) as (_made, thread):
        services.approve_tranche(tranche.pk, by=manager)
        assert is_waiting(thread)
    assert state_of(tranche) == T.APPROVED


def test_without_the_lock_neither_would_see_the_other(requested, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tranches, "lock_tranche", lambda pk: Tranche.objects.select_related("award__fund").get(pk=pk))
    tranche, manager, checker = requested
    with meanwhile(lambda: services.approve_tranche(tranche.pk, by=checker)) as (_made, thread):
        services.approve_tranche(tranche.pk, by=manager)
        assert not is_waiting(thread)
    assert state_of(tranche) == T.REQUESTED


def test_an_application_is_offered_one_award(committed_db):
    desk = make_desk()
    terms = desk.terms
    offer = {"terms": terms, "by": desk.manager}
    with meanwhile(lambda: services.offer_award(desk.application.pk, **offer)) as (made, thread):
        services.offer_award(desk.application.pk, terms=terms, by=desk.officer)
        assert is_waiting(thread)
    assert isinstance(made[0], Refusal)
    assert (Award.objects.count(), Journal.objects.filter(source_kind="award").count()) == (1, 1)


def test_a_payment_waits_for_the_suspension_of_its_award_and_is_then_refused(requested):
    tranche, manager, checker = requested
    services.approve_tranche(tranche.pk, by=manager)
    with meanwhile(lambda: services.approve_tranche(tranche.pk, by=checker)) as (_made, thread):
        services.suspend_award(tranche.award_id, reason="A question", by=manager)
        assert is_waiting(thread)
    assert state_of(tranche) == T.REQUESTED
