"""The amount of a running award goes up and down, within the call, the purpose and its payments."""

from dataclasses import replace

import pytest

from fundportal import clock
from fundportal.access import Role
from fundportal.ledger.queries import balance
from fundportal.money import Money
from grants.awards import services
from grants.awards.models import Award, AwardChange
from grants.awards.services import TrancheTerms
from grants.awards.states import RUNNING, UNPAID, AwardState, ChangeKind, TrancheState
from grants.decisions.queries.holds import agreed
from tests.factories.awards import make_award, make_decided, make_tranche
from tests.factories.books import book_gift
from tests.factories.decisions import MONEY, make_funded_call
from tests.factories.people import make_person
from tests.grants.awards.conftest import refused, usd

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sound_books")]

S, T = AwardState, TrancheState
WHY = "Two more classes."


@pytest.fixture
def award(desk):
    return desk.award(state=S.ACTIVE)


def change(award, minor, by, **facts):
    known = {"difference": usd(minor), "reason": WHY, "version": award.version, "by": by} | facts
    return services.change_amount(award.pk, **known)


@pytest.mark.parametrize(("minor", "kind"), [(50_000, ChangeKind.RAISED), (-50_000, ChangeKind.LOWERED)])
def test_a_change_moves_the_award_the_books_and_the_budget_of_the_call(desk, award, minor, kind):
    changed = change(award, minor, desk.manager)
    assert (changed.amount, changed.offered) == (usd(MONEY + minor), usd(MONEY))
    assert balance(award.fund, award.payable_account) == usd(MONEY + minor)
    assert agreed(award.application.stage.call) == usd(MONEY + minor)
    row = AwardChange.objects.get()
    assert (row.kind, row.amount, row.reason, row.by) == (kind, usd(minor), WHY, desk.manager)


def test_money_that_payments_are_planned_for_is_not_taken_away(desk, award):
    make_tranche(award, amount_minor=600_000)
    assert refused(change, award, -400_001, desk.manager) == (422, "difference")
    assert change(award, -400_000, desk.manager).amount == usd(600_000)


def test_an_award_is_not_lowered_to_nothing_nor_changed_in_another_currency(desk, award):
    assert refused(change, award, -MONEY, desk.manager) == (422, "difference")
    assert refused(change, award, 0, desk.manager) == (422, "difference")
    assert refused(change, award, 1, desk.manager, difference=Money(1, "EUR")) == (422, "difference")
    assert refused(change, award, 1, desk.manager, reason=" ") == (422, "reason")
    assert refused(change, award, 1, desk.manager, version=award.version + 1) == (409, "")


def test_an_award_is_not_raised_beyond_the_budget_of_its_call():
    call = make_funded_call(budget_minor=MONEY + 100, maximum_minor=MONEY)
    award = make_award(make_decided(call=call), state=S.ACTIVE)
    manager = make_person("Mara Manager", Role.MANAGER, fund=call.fund)
    assert refused(change, award, 101, manager) == (409, "")
    assert change(award, 100, manager).amount == usd(MONEY + 100)


def test_an_award_is_not_raised_beyond_what_its_purpose_has():
    call = make_funded_call(raised=MONEY)
    award = make_award(make_decided(call=call), state=S.ACTIVE)
    manager = make_person("Mara Manager", Role.MANAGER, fund=call.fund)
    assert refused(change, award, 1, manager) == (409, "")
    assert not AwardChange.objects.exists()
    book_gift(call.purpose, gross=1, fee=0)
    assert change(award, 1, manager).amount == usd(MONEY + 1)


@pytest.mark.parametrize("state", [state for state in S if state not in RUNNING])
def test_only_a_running_award_is_changed(desk, state):
    award = desk.award(state=state)
    assert refused(change, award, 1, desk.manager) == (409, "")
    terms = TrancheTerms(usd(1), clock.today("UTC"))
    assert refused(services.add_tranche, award.pk, terms=terms, by=desk.manager) == (409, "")


@pytest.mark.parametrize("role", [role for role in Role if role != Role.MANAGER])
def test_only_a_manager_changes_money(desk, award, role):
    by = make_person("Rory Role", role, fund=desk.fund)
    tranche = make_tranche(award, amount_minor=1)
    assert refused(change, award, 1, by) == (403, "")
    assert refused(services.cancel_tranche, tranche.pk, reason=WHY, by=by) == (403, "")
    terms = TrancheTerms(usd(1), clock.today("UTC"))
    assert refused(services.add_tranche, award.pk, terms=terms, by=by) == (403, "")


def test_a_payment_is_added_out_of_what_none_is_planned_for(desk, award):
    make_tranche(award, amount_minor=600_000)
    terms = TrancheTerms(usd(400_001), clock.today("UTC"))
    assert refused(services.add_tranche, award.pk, terms=terms, by=desk.manager) == (422, "tranches")
    made = services.add_tranche(award.pk, terms=replace(terms, amount=usd(400_000)), by=desk.manager)
    assert (made.number, made.state) == (2, T.PLANNED)


@pytest.mark.parametrize("state", T)
def test_only_a_payment_that_is_not_paid_is_cancelled(desk, award, state):
    tranche = make_tranche(award, state=state, amount_minor=400_000)
    if state not in UNPAID:
        assert refused(services.cancel_tranche, tranche.pk, reason=WHY, by=desk.manager) == (409, "")
        return
    assert refused(services.cancel_tranche, tranche.pk, reason=" ", by=desk.manager) == (422, "reason")
    assert services.cancel_tranche(tranche.pk, reason=WHY, by=desk.manager).state == T.CANCELLED
    assert Award.objects.get(pk=award.pk).amount == usd(MONEY)
    assert not AwardChange.objects.exists()


@pytest.mark.parametrize("state", [S.TERMINATED, S.CLOSED])
def test_a_payment_that_came_back_after_the_end_is_freed_with_its_cancellation(desk, state):
    award = desk.award(state=S.ACTIVE)
    tranche = make_tranche(award, state=T.RETURNED)
    Award.objects.filter(pk=award.pk).update(
        state=state,
        ended_at=clock.now() if state == S.TERMINATED else None,
        closed_at=clock.now() if state == S.CLOSED else None,
        end_reason=WHY,
    )
    services.cancel_tranche(tranche.pk, reason=WHY, by=desk.manager)
    assert Award.objects.get(pk=award.pk).amount == usd(0)
    assert balance(award.fund, award.payable_account) == usd(0)
    assert agreed(award.application.stage.call) == usd(0)
