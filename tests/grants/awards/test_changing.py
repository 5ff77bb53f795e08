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
from tests.factories.decisions import MONEY
from tests.factories.people import make_person
from tests.grants.awards.conftest import broken, refused, usd
from tests.grants.rows import undone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sound_books")]

S, T = AwardState, TrancheState
WHY = "Two more classes."


@pytest.fixture(scope="module")
def standing_award(build_once, standing_desk):
    return build_once(lambda: standing_desk.award(state=S.ACTIVE))


@pytest.fixture
def award(own, standing_award):
    return own(standing_award)


def change(award, minor, by, **facts):
    known = {"difference": usd(minor), "reason": WHY, "version": award.version, "by": by} | facts
    return services.change_amount(award.pk, **known)


def test_lowering_moves_the_award_the_books_and_the_budget_of_the_call(desk, award):
    changed = change(award, -50_000, desk.manager)
    assert (changed.amount, changed.offered) == (usd(MONEY - 50_000), usd(MONEY))
    assert balance(award.fund, award.payable_account) == usd(MONEY - 50_000)
    assert agreed(award.application.stage.call) == usd(MONEY - 50_000)
    row = AwardChange.objects.get()
    assert (row.kind, row.amount, row.reason, row.by) == (ChangeKind.LOWERED, usd(-50_000), WHY, desk.manager)


def test_the_fund_alone_promises_no_more_than_was_signed(desk, award):
    assert refused(change, award, 1, desk.manager) == (422, "difference")
    assert not AwardChange.objects.exists()


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


def test_only_a_running_award_is_changed(desk):
    terms = TrancheTerms(usd(1), clock.today("UTC"))
    for state in set(S) - set(RUNNING):
        with undone():
            award = make_award(make_decided(call=desk.application.stage.call), state=state)
            answers = refused(change, award, 1, desk.manager), refused(add_to, award, terms, desk.manager)
            assert (state, answers) == (state, ((409, ""), (409, "")))
            assert broken() == {}


def add_to(award, terms, by):
    return services.add_tranche(award.pk, terms=terms, by=by)


def test_only_a_manager_changes_money(desk, award):
    tranche = make_tranche(award, amount_minor=1)
    terms = TrancheTerms(usd(1), clock.today("UTC"))
    for role in set(Role) - {Role.MANAGER}:
        by = make_person("Rory Role", role, fund=desk.fund)
        answers = {
            "change": refused(change, award, 1, by),
            "cancel": refused(services.cancel_tranche, tranche.pk, reason=WHY, by=by),
            "add": refused(services.add_tranche, award.pk, terms=terms, by=by),
        }
        assert (role, answers) == (role, dict.fromkeys(answers, (403, "")))


def test_a_payment_is_added_out_of_what_none_is_planned_for(desk, award):
    make_tranche(award, amount_minor=600_000)
    terms = TrancheTerms(usd(400_001), clock.today("UTC"))
    assert refused(services.add_tranche, award.pk, terms=terms, by=desk.manager) == (422, "tranches")
    made = services.add_tranche(award.pk, terms=replace(terms, amount=usd(400_000)), by=desk.manager)
    assert (made.number, made.state) == (2, T.PLANNED)


def test_only_a_payment_that_is_not_paid_is_cancelled(desk, award):
    for state in set(T) - set(UNPAID):
        with undone():
            tranche = make_tranche(award, state=state, amount_minor=400_000)
            answer = refused(services.cancel_tranche, tranche.pk, reason=WHY, by=desk.manager)
            assert (state, answer) == (state, (409, ""))
            assert broken() == {}
    for state in UNPAID:
        with undone():
            tranche = make_tranche(award, state=state, amount_minor=400_000)
            assert refused(services.cancel_tranche, tranche.pk, reason=" ", by=desk.manager) == (422, "reason")
            assert services.cancel_tranche(tranche.pk, reason=WHY, by=desk.manager).state == T.CANCELLED
            assert Award.objects.get(pk=award.pk).amount == usd(MONEY)
            assert not AwardChange.objects.exists()
            assert broken() == {}


@pytest.mark.parametrize("state", [S.TERMINATED, S.CLOSED])
def test_a_payment_that_came_back_after_the_end_is_freed_with_its_cancellation(desk, award, state):
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
