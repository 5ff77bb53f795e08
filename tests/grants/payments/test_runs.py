"""Payment runs before the bank: every move from every state, by every role; who stands for what."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from fundportal import clock
from fundportal.access import Role
from fundportal.accounts.models import User
from fundportal.audit.models import Entry
from fundportal.refusals import Refusal
from grants.awards.models import Tranche
from grants.awards.states import AwardState, TrancheState
from grants.payments import services
from grants.payments.models import Instruction, PaymentRun
from grants.payments.queries.payable import payable_tranches
from grants.payments.states import BEFORE_EXPORT, RunState
from tests.factories.awards import make_award, make_decided, make_tranche
from tests.factories.organisations import make_conflict
from tests.factories.payments import make_instruction, make_payable, make_run, make_run_approval
from tests.factories.people import hold, make_fund, make_person
from tests.grants.rows import answered, undone

pytestmark = pytest.mark.django_db

R = RunState
Act = Callable[[PaymentRun, User], object]
DRAFTED = (R.DRAFTED,)
MAKERS, APPROVERS = (Role.FINANCE_MAKER,), (Role.FINANCE_CHECKER, Role.MANAGER)


def approve_as_the_second(run: PaymentRun, by: User) -> PaymentRun:
    if run.state == R.DRAFTED:
        make_run_approval(run)
    return services.approve_run(run.pk, by=by)


ACTS: dict[str, tuple[Act, tuple[str, ...], tuple[str, ...], str]] = {
    "approve": (approve_as_the_second, APPROVERS, DRAFTED, R.APPROVED),
    "export": (lambda run, by: services.export_run(run.pk, by=by), MAKERS, (R.APPROVED,), R.EXPORTED),
    "cancel": (
        lambda run, by: services.cancel_run(run.pk, reason="The day was wrong", by=by),
        (*MAKERS, *APPROVERS),
        BEFORE_EXPORT,
        R.CANCELLED,
    ),
}
CHANGES: dict[str, Act] = {
    "add": lambda run, by: services.add_instruction(
        run.pk, tranche_id=make_payable(run.instructions.get().tranche.award.application.stage.call).pk, by=by
    ),
    "remove": lambda run, by: services.remove_instruction(run.pk, instruction_id=run.instructions.get().pk, by=by),
}


def somebody(role: str, run: PaymentRun) -> User:
    return make_person(f"{role.title()} Tester", Role(role), fund=run.fund)


def tried(do: Act, run: PaymentRun, by: User) -> tuple[int, str, list[tuple[str, str]]]:
    """The answer, the state afterwards and the moves on record."""
    with undone():
        status = answered(do, run, by)
        rows = Entry.objects.filter(subject_kind="payments.paymentrun", subject_id=str(run.pk))
        moves = [(row.before, row.after) for row in rows if status != 200 or row.before != row.after]
        return status, PaymentRun.objects.get(pk=run.pk).state, moves


@pytest.mark.parametrize("state", R)
def test_a_run_makes_its_moves_from_their_states_only(state):
    run = make_run(state=state)
    for act, (do, roles, sources, target) in ACTS.items():
        expected = (200, target, [(state, target)]) if state in sources else (409, state, [])
        assert (act, tried(do, run, somebody(roles[0], run))) == (act, expected)


@pytest.mark.parametrize("act", ACTS)
def test_a_move_is_made_only_by_its_roles(act):
    do, roles, sources, target = ACTS[act]
    run = make_run(state=sources[0])
    for role in Role:
        status, state, _moves = tried(do, run, somebody(role, run))
        assert (role, status, state) == (role, *((200, target) if role in roles else (403, sources[0])))


def changed(change: str, run: PaymentRun, by: User) -> tuple[int, int]:
    """The answer, and how many payments the run has afterwards."""
    with undone():
        return answered(CHANGES[change], run, by), run.instructions.count()


@pytest.mark.parametrize("state", [state for state in R if state != R.DRAFTED])
def test_only_a_run_at_the_desk_changes(state):
    run = make_run(state=state)
    for change in CHANGES:
        assert (change, changed(change, run, somebody(Role.FINANCE_MAKER, run))) == (change, (409, 1))


@pytest.mark.parametrize("change", CHANGES)
def test_only_finance_makers_change_a_run(change):
    run = make_run()
    for role in Role:
        made = (200, 2 if change == "add" else 0) if role == Role.FINANCE_MAKER else (403, 1)
        assert (role, changed(change, run, somebody(role, run))) == (role, made)


def test_a_role_in_another_fund_moves_nothing():
    run = make_run()
    by = make_person("", *set(Role) - {Role.REVIEWER}, fund=make_fund())
    for name, do in ({act: do for act, (do, *_rest) in ACTS.items()} | CHANGES).items():
        assert (name, tried(do, run, by)) == (name, (403, R.DRAFTED, []))


def test_a_conflict_with_one_organisation_keeps_from_the_whole_run():
    for state in {sources[0] for _do, _roles, sources, _target in ACTS.values()}:
        run = make_run(state=state)
        by = make_person("", Role.FINANCE_MAKER, Role.FINANCE_CHECKER, fund=run.fund)
        make_conflict(by, run.instructions.get().tranche.award.organisation)
        for do in (do for do, _roles, sources, _target in ACTS.values() if sources[0] == state):
            with pytest.raises(Refusal, match="conflict") as refused:
                do(run, by)
            assert refused.value.status == 403
        assert not Instruction.objects.visible_to(by).exists()


def test_a_run_is_put_together_all_or_nothing(house):
    good, late = make_payable(house.call), make_payable(house.call, state=TrancheState.REQUESTED)
    with pytest.raises(Refusal, match="not approved"):
        draft(house, good, late)
    assert not PaymentRun.objects.exists()
    run = draft(house, good)
    instruction = run.instructions.get()
    assert instruction.obligation == instruction.end_to_end_id == f"{good.award.reference}-T1-1"
    assert (instruction.amount, instruction.bank_details.last_digits) == (good.amount, "1222")


def draft(house, *tranches: Tranche, **facts) -> PaymentRun:
    day = facts.pop("pay_on", clock.today(house.fund.time_zone))
    ids = [tranche.pk for tranche in tranches]
    return services.draft_run(house.account.pk, pay_on=day, tranche_ids=ids, by=house.maker)


def test_the_day_of_payment_is_not_over(house):
    with pytest.raises(Refusal) as refused:
        draft(house, pay_on=clock.today(house.fund.time_zone) - timedelta(days=1))
    assert (refused.value.status, refused.value.field) == (422, "pay_on")


def in_a_run(house):
    return make_instruction(make_run(house.account, payments=0), call=house.call).tranche


def of_another_fund(_house):
    return make_payable()


def without_account(house):
    award = make_award(make_decided(call=house.call), state=AwardState.ACTIVE)
    return make_tranche(award, state=TrancheState.APPROVED)


def in_euro(house):
    return make_payable(house.call, currency="EUR")


@pytest.mark.parametrize("make", [in_a_run, of_another_fund, without_account, in_euro])
def test_what_cannot_be_paid_is_not_put_into_a_run(house, make):
    with pytest.raises(Refusal) as refused:
        draft(house, make(house))
    assert (refused.value.status, refused.value.field) == (422, "tranche")


def test_only_an_approved_payment_is_put_into_a_run(house):
    award = make_payable(house.call).award
    for state in set(TrancheState) - {TrancheState.APPROVED}:
        with pytest.raises(Refusal, match="not approved"):
            draft(house, make_tranche(award, state=state))


def test_only_what_can_be_paid_is_offered(house):
    free = make_payable(house.call)
    without_account(house)
    in_a_run(house)
    assert list(payable_tranches(house.fund, house.maker)) == [free]
    make_conflict(house.maker, free.award.organisation)
    del house.maker.conflicts_known
    assert not payable_tranches(house.fund, house.maker).exists()


def test_who_approved_a_payment_does_not_also_pay_it(house):
    tranche = make_payable(house.call)
    approver = tranche.approvals.first().by
    hold(approver, Role.FINANCE_MAKER, fund=house.fund)
    with pytest.raises(Refusal, match="Somebody else pays") as refused:
        services.draft_run(house.account.pk, pay_on=clock.today("UTC"), tranche_ids=[tranche.pk], by=approver)
    assert refused.value.status == 403


def test_two_others_approve_and_each_once(house):
    run = draft(house, make_payable(house.call))
    assert services.approve_run(run.pk, by=house.checker).state == R.DRAFTED
    assert services.approve_run(run.pk, by=house.checker).state == R.DRAFTED
    assert services.approve_run(run.pk, by=house.manager).state == R.APPROVED
    assert run.approvals.count() == 2
    assert Entry.objects.filter(action="payment_runs.stand_for").count() == 2


def test_who_put_it_together_does_not_approve_it(house):
    run = draft(house)
    second = make_person("", Role.FINANCE_MAKER, fund=house.fund)
    services.add_instruction(run.pk, tranche_id=make_payable(house.call).pk, by=second)
    for person in (house.maker, second):
        hold(person, Role.FINANCE_CHECKER, fund=house.fund)
        with pytest.raises(Refusal, match="Somebody else approves") as refused:
            services.approve_run(run.pk, by=User.objects.get(pk=person.pk))
        assert refused.value.status == 403


def test_who_proposed_the_grant_does_not_let_its_money_go(house):
    tranche = make_payable(house.call)
    chair = tranche.award.application.recommendations.get().by
    hold(chair, Role.MANAGER, fund=house.fund)
    run = draft(house, tranche)
    with pytest.raises(Refusal, match="proposed a grant") as refused:
        services.approve_run(run.pk, by=chair)
    assert refused.value.status == 403


def test_a_conflict_declared_after_the_approval_takes_it_away(house):
    run = draft(house, make_payable(house.call))
    services.approve_run(run.pk, by=house.checker)
    make_conflict(house.checker, run.instructions.get().tranche.award.organisation)
    assert services.approve_run(run.pk, by=house.manager).state == R.DRAFTED
    third = make_person("", Role.MANAGER, fund=house.fund)
    assert services.approve_run(run.pk, by=third).state == R.APPROVED


def test_an_empty_run_is_not_approved(house):
    run = draft(house)
    with pytest.raises(Refusal, match="at least one"):
        services.approve_run(run.pk, by=house.checker)
    assert not run.approvals.exists()


def test_a_change_voids_the_approvals(house):
    run = draft(house, make_payable(house.call))
    services.approve_run(run.pk, by=house.checker)
    services.add_instruction(run.pk, tranche_id=make_payable(house.call).pk, by=house.maker)
    assert not run.approvals.exists()


def test_a_cancelled_run_frees_its_payments_for_another_attempt(house):
    tranche = make_payable(house.call)
    first = draft(house, tranche)
    with pytest.raises(Refusal) as refused:
        services.cancel_run(first.pk, reason=" ", by=house.maker)
    assert (refused.value.status, refused.value.field) == (422, "reason")
    services.cancel_run(first.pk, reason="The day was wrong", by=house.checker)
    second = draft(house, tranche).instructions.get()
    assert (second.attempt, second.obligation) == (2, f"{tranche}-2")


# what the database refuses

NOW = clock.now()
RUN = {
    "payment_run_state_is_known": {"state": "lost"},
    "a_run_is_at_the_bank_exactly_when_it_says_when": {"exported_at": NOW},
    "an_approved_run_says_when": {"state": R.APPROVED},
    "a_run_is_settled_exactly_when_it_says_when": {"settled_at": NOW},
    "a_cancelled_run_says_when_and_why": {"state": R.CANCELLED, "cancelled_at": NOW},
}
INSTRUCTION = {
    "an_instruction_is_more_than_nothing": {"amount_minor": 0},
    "an_ended_instruction_says_how": {"ended_at": NOW},
    "what_never_left_is_not_on_the_statement": {"ended_at": NOW, "ended_as": "failed", "confirmed_at": NOW},
    "what_came_back_had_left": {"ended_at": NOW, "ended_as": "returned"},
}


def test_the_database_refuses_by_name():
    run = make_run()
    for name, facts in {**RUN, **INSTRUCTION}.items():
        rows = PaymentRun.objects.filter(pk=run.pk) if name in RUN else run.instructions.all()
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            rows.update(**facts)


def test_the_database_refuses_a_second_instruction_and_a_second_approval():
    run = make_run(approvals=1)
    instruction = run.instructions.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_run_approval(run, by=run.approvals.get().by)
    with pytest.raises(IntegrityError), transaction.atomic():
        Instruction.objects.create(
            run=run,
            tranche=instruction.tranche,
            attempt=2,
            obligation=f"{instruction.tranche}-2",
            amount_minor=1,
            currency="USD",
            bank_details=instruction.bank_details,
            added_by=run.made_by,
        )
