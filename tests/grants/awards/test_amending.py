"""A running grant is changed: proposed, decided, signed, and carried out in the moment of the last signature."""

from datetime import timedelta

import pytest

from fundportal import clock
from fundportal.access import Role
from fundportal.audit.models import Entry
from fundportal.ledger.queries import balance, may_promise
from fundportal.mail.models import Letter
from fundportal.organisations.queries import signatories
from grants.awards import services
from grants.awards.models import Agreement, Amendment, Award, AwardChange, Condition, Tranche
from grants.awards.services import Change
from grants.awards.states import (
    RUNNING,
    AgreementState,
    AmendmentState,
    AwardState,
    ReportState,
    Side,
    TermKind,
    TrancheState,
)
from grants.decisions.queries.holds import agreed
from grants.reports import services as reporting
from tests.factories.awards import (
    make_award,
    make_budget_line,
    make_condition,
    make_decided,
    make_report_due,
    make_tranche,
)
from tests.factories.decisions import MONEY, make_funded_call
from tests.factories.organisations import make_conflict
from tests.factories.people import make_person
from tests.grants.awards.conftest import refused, usd

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sound_books")]

S, K, A, T = AwardState, TermKind, AmendmentState, TrancheState
WHY = "The second kitchen opens in autumn."


@pytest.fixture
def award(desk):
    return furnished(desk)


def furnished(desk):
    """$6,000 paid and $4,000 planned, a report to come, a budget of two halves."""
    award = desk.award(state=S.ACTIVE)
    make_tranche(award, state=T.RECONCILED, amount_minor=600_000)
    make_condition(make_tranche(award, amount_minor=400_000), text="The lease is signed")
    make_report_due(award, kind="final")
    make_budget_line(award, heading="A cook")
    make_budget_line(award, heading="Food")
    return award


def propose(award, *changes, by, side=Side.GRANTEE, reason=WHY):
    return services.propose_amendment(award.pk, side=side, reason=reason, changes=changes, by=by)


def submitted(desk, award, *changes):
    made = propose(award, *changes, by=desk.writer)
    return services.submit_amendment(made.pk, by=desk.writer)


def approve(amendment, by):
    version = Amendment.objects.values_list("version", flat=True).get(pk=amendment.pk)
    return services.approve_amendment(amendment.pk, version=version, by=by)


def approved(desk, award, *changes):
    """By both managers, where one is not enough."""
    amendment = submitted(desk, award, *changes)
    for manager in (desk.manager, desk.second):
        if amendment.state == A.SUBMITTED:
            amendment = approve(amendment, manager)
    assert amendment.state == A.APPROVED
    return Amendment.objects.select_related("agreement").get(pk=amendment.pk)


def sign(desk, amendment, *, last=Side.FUND):
    """Both approve and sign; `last` signs last."""
    agreement = amendment.agreement
    services.approve_agreement_text(agreement.pk, side=Side.GRANTEE, sha256=agreement.sha256, by=desk.signatory)
    people = {Side.GRANTEE: desk.signatory, Side.FUND: desk.manager}
    for side in sorted(people, key=lambda each: each == last):
        by = people[side]
        services.sign_agreement(agreement.pk, side=side, name_typed=by.full_name, factor="totp", by=by)
    return Amendment.objects.get(pk=amendment.pk)


def longer(award, days=90):
    return Change(K.ENDS_ON, day=award.ends_on + timedelta(days=days))


def line(award, position):
    return award.budget_lines.get(position=position)


def standing(award):
    """All that a change could touch."""
    fresh = Award.objects.get(pk=award.pk)
    return (
        (fresh.amount, fresh.ends_on),
        list(fresh.tranches.order_by("number").values_list("number", "state", "amount_minor", "planned_on")),
        list(fresh.reports_due.order_by("number").values_list("period_ends_on", "due_on")),
        list(fresh.budget_lines.order_by("position").values_list("amount_minor", flat=True)),
        balance(award.fund, award.payable_account),
    )


def test_everything_moves_at_once_with_the_last_signature_and_nothing_before(desk, award):
    second, report, cook = award.tranches.get(number=2), award.reports_due.get(), line(award, 1)
    later = award.ends_on + timedelta(days=90)
    before, former = standing(award), Agreement.objects.get(award=award)
    waiting = approved(
        desk,
        award,
        Change(K.AMOUNT, amount=usd(MONEY + 100_000)),
        longer(award),
        Change(K.REPORT_PERIOD, row=report.pk, day=later),
        Change(K.REPORT_DUE, row=report.pk, day=later + timedelta(days=30)),
        Change(K.PAYMENT, row=second.pk, amount=usd(300_000), day=second.planned_on + timedelta(days=60)),
        Change(K.NEW_PAYMENT, amount=usd(200_000), day=second.planned_on + timedelta(days=90)),
        Change(K.BUDGET_LINE, row=cook.pk, amount=usd(600_000)),
    )
    assert standing(award) == before
    done = sign(desk, waiting)
    amount, payments, reports, budget, payable = standing(award)
    assert (done.state, amount) == (A.APPLIED, (usd(MONEY + 100_000), later))
    assert payments == [
        (1, "reconciled", 600_000, second.planned_on),
        (2, "cancelled", 400_000, second.planned_on),
        (3, "planned", 300_000, second.planned_on + timedelta(days=60)),
        (4, "planned", 200_000, second.planned_on + timedelta(days=90)),
    ]
    assert (reports, budget) == ([(later, later + timedelta(days=30))], [600_000, 500_000])
    assert payable == usd(500_000)
    assert Condition.objects.get(tranche__number=3).text == "The lease is signed"
    assert Agreement.objects.get(pk=former.pk).state == AgreementState.SUPERSEDED
    assert Agreement.objects.get(pk=waiting.agreement.pk).state == AgreementState.EXECUTED
    assert agreed(award.application.stage.call) == usd(MONEY + 100_000)
    moves = Entry.objects.filter(action__startswith="amendments.").order_by("pk").values_list("action", flat=True)
    said = [one.removeprefix("amendments.") for one in moves]
    assert said == ["propose", "submit", "stand_for", "stand_for", "approve", "execute", "apply"]


def test_the_text_that_is_signed_tells_the_terms_as_they_will_be(desk, award):
    second = award.tranches.get(number=2)
    less = Change(K.PAYMENT, row=second.pk, amount=usd(350_000))
    amendment = approved(desk, award, less, Change(K.AMOUNT, amount=usd(950_000)))
    for words in (
        "Payment 3: $3,500.00",
        "(The lease is signed)",
        "Amount of the grant: $9,500.00 instead of $10,000.00",
    ):
        assert words in amendment.agreement.text
    assert "Payment 2: $4,000.00, from" not in amendment.agreement.text.partition("takes the place")[0]
    assert Letter.objects.filter(template="awards/amendment_approved").count() == 1
    sign(desk, amendment, last=Side.GRANTEE)
    assert Award.objects.get(pk=award.pk).amount == usd(950_000)
    assert AwardChange.objects.get().amount == usd(-50_000)


def test_what_the_grantee_asks_to_word_otherwise_is_worded_from_the_same_change(desk, award):
    amendment = approved(desk, award, longer(award))
    services.ask_for_change(amendment.agreement.pk, reason="Name the kitchen", by=desk.writer)
    again = services.prepare_agreement(award.pk, by=desk.officer)
    assert (again.pk, "Change 1 of the grant" in again.text) == (amendment.agreement.pk, True)
    services.send_agreement(again.pk, by=desk.officer)
    assert sign(desk, Amendment.objects.select_related("agreement").get()).state == A.APPLIED


def test_a_raise_is_held_from_its_approval_and_let_go_with_a_withdrawal(desk, award):
    free, call = may_promise(award.purpose), award.application.stage.call
    amendment = approved(desk, award, Change(K.AMOUNT, amount=usd(MONEY + 30_000)))
    assert may_promise(award.purpose) == free - usd(30_000)
    assert agreed(call) == usd(MONEY + 30_000)
    services.withdraw_amendment(amendment.pk, side=Side.FUND, by=desk.officer)
    assert (may_promise(award.purpose), agreed(call)) == (free, usd(MONEY))
    assert Agreement.objects.get(pk=amendment.agreement.pk).state == AgreementState.VOID
    sign_again = approved(desk, award, Change(K.AMOUNT, amount=usd(MONEY + 30_000)))
    sign(desk, sign_again)
    assert (may_promise(award.purpose), agreed(call)) == (free - usd(30_000), usd(MONEY + 30_000))


@pytest.mark.parametrize(("budget", "raised"), [(MONEY + 100, None), (None, MONEY + 100)])
def test_nobody_approves_more_than_the_call_and_the_purpose_have(budget, raised):
    facts = {"budget_minor": budget} if budget else {"raised": raised}
    call = make_funded_call(maximum_minor=MONEY, **facts)
    award = make_award(make_decided(call=call), state=S.ACTIVE)
    first, second = (make_person(name, Role.MANAGER, fund=call.fund) for name in ("Mara Manager", "Mina Manager"))
    writer = signatories(award.organisation).first()
    amendment = propose(award, Change(K.AMOUNT, amount=usd(MONEY + 101)), by=writer)
    services.submit_amendment(amendment.pk, by=writer)
    approve(amendment, first)
    assert refused(approve, amendment, second)[0] == 409
    assert not Agreement.objects.filter(state=AgreementState.GRANTEE_REVIEW).exists()
    services.withdraw_amendment(amendment.pk, side=Side.GRANTEE, by=writer)
    fitting = propose(award, Change(K.AMOUNT, amount=usd(MONEY + 100)), by=writer)
    services.submit_amendment(fitting.pk, by=writer)
    approve(fitting, first)
    assert approve(fitting, second).state == A.APPROVED


def test_what_moved_on_meanwhile_is_not_carried_out_and_the_signature_is_not_kept(desk, award):
    second = award.tranches.get(number=2)
    amendment = approved(desk, award, longer(award), Change(K.PAYMENT, row=second.pk, amount=usd(300_000)))
    services.cancel_tranche(second.pk, reason=WHY, by=desk.manager)
    before = standing(award)
    assert refused(sign, desk, amendment) == (409, "")
    assert standing(award) == before
    assert Amendment.objects.get().state == A.APPROVED
    assert Agreement.objects.get(pk=amendment.agreement.pk).signatures.count() == 1


def test_what_does_not_fit_is_refused_at_its_box_and_leaves_nothing(desk, award):
    first, second, report = award.tranches.get(number=1), award.tranches.get(number=2), award.reports_due.get()
    before = standing(award)
    rows = [
        ((Change(K.ENDS_ON, day=award.ends_on),), (422, "reason")),
        ((Change(K.ENDS_ON, day=award.starts_on),), (422, "ends_on")),
        ((Change(K.REPORT_DUE, row=report.pk, day=report.period_ends_on - timedelta(days=1)),), (422, "report-1-due")),
        ((Change(K.AMOUNT, amount=usd(MONEY - 1)),), (422, "amount")),
        ((Change(K.PAYMENT, row=second.pk, amount=usd(400_001)),), (422, "amount")),
        ((Change(K.NEW_PAYMENT, amount=usd(1), day=award.ends_on),), (422, "amount")),
        ((Change(K.BUDGET_LINE, row=line(award, 1).pk, amount=usd(1)),), (422, "budget")),
        ((Change(K.KEPT, amount=usd(1)),), (422, "kept")),
        ((Change(K.PAYMENT, row=first.pk, amount=usd(1)),), (409, "")),
        ((Change(K.PAYMENT, row=first.pk + second.pk, amount=usd(1)),), (422, "")),
        ((Change(K.AMOUNT, amount=type(usd(1))(1, "EUR")),), (422, "")),
    ]
    found = {number: refused(propose, award, *row, by=desk.writer) for number, (row, _expected) in enumerate(rows)}
    assert found == {number: expected for number, (_row, expected) in enumerate(rows)}
    assert refused(propose, award, longer(award), by=desk.writer, reason=" ") == (422, "reason")
    assert not Amendment.objects.exists()
    assert standing(award) == before
    sent = make_report_due(award, state=ReportState.SUBMITTED)
    assert refused(propose, award, Change(K.REPORT_DUE, row=sent.pk, day=award.ends_on), by=desk.writer) == (409, "")


def test_a_small_move_within_the_budget_holds_at_once_and_many_do_not_add_up(desk, award):
    cook, food = line(award, 1), line(award, 2)
    small = [
        Change(K.BUDGET_LINE, row=cook.pk, amount=usd(560_000)),
        Change(K.BUDGET_LINE, row=food.pk, amount=usd(440_000)),
    ]
    done = submitted(desk, award, *small)
    assert (done.state, done.is_small, done.agreement) == (A.APPLIED, True, None)
    assert standing(award)[3] == [560_000, 440_000]
    assert Letter.objects.filter(template="awards/amendment_applied").count() == 1
    more = [
        Change(K.BUDGET_LINE, row=cook.pk, amount=usd(600_001)),
        Change(K.BUDGET_LINE, row=food.pk, amount=usd(399_999)),
    ]
    large = submitted(desk, award, *more)
    assert (large.state, large.is_small) == (A.SUBMITTED, False)
    services.withdraw_amendment(large.pk, side=Side.GRANTEE, by=desk.writer)
    last = [
        Change(K.BUDGET_LINE, row=cook.pk, amount=usd(600_000)),
        Change(K.BUDGET_LINE, row=food.pk, amount=usd(400_000)),
    ]
    assert submitted(desk, award, *last).state == A.APPLIED
    back = [
        Change(K.BUDGET_LINE, row=cook.pk, amount=usd(500_000)),
        Change(K.BUDGET_LINE, row=food.pk, amount=usd(500_000)),
    ]
    ours = propose(award, *back, by=desk.officer, side=Side.FUND)
    assert services.submit_amendment(ours.pk, by=desk.officer).state == A.SUBMITTED


def test_whoever_proposed_it_does_not_approve_it_and_a_raise_needs_two(desk, award):
    ours = propose(award, longer(award), by=desk.manager, side=Side.FUND)
    services.submit_amendment(ours.pk, by=desk.manager)
    assert refused(approve, ours, desk.manager) == (403, "")
    assert approve(ours, desk.second).state == A.APPROVED
    services.withdraw_amendment(ours.pk, side=Side.FUND, by=desk.officer)
    raised = submitted(desk, award, Change(K.AMOUNT, amount=usd(MONEY + 1)))
    assert approve(raised, desk.manager).state == A.SUBMITTED
    assert approve(raised, desk.manager).state == A.SUBMITTED
    make_conflict(desk.manager, award.organisation)
    assert approve(raised, desk.second).state == A.SUBMITTED
    third = make_person("Mo Manager", Role.MANAGER, fund=desk.fund)
    assert approve(raised, third).state == A.APPROVED


def test_up_to_the_threshold_of_the_fund_one_approves_a_raise(desk, award):
    award.fund.two_approvers_above_minor = 100
    award.fund.save()
    assert approve(submitted(desk, award, Change(K.AMOUNT, amount=usd(MONEY + 100))), desk.manager).state == A.APPROVED


def test_who_may_do_what(desk, award):
    stranger = make_person("Sam Stranger")
    allowed = {Role.OFFICER: {"propose", "withdraw"}, Role.MANAGER: {"propose", "withdraw", "approve", "reject"}}
    ours = propose(award, longer(award), by=desk.officer, side=Side.FUND)
    services.submit_amendment(ours.pk, by=desk.officer)
    faults = []
    for role in Role:
        by = make_person(f"Rory {role}", role, fund=desk.fund)
        acts = {
            "propose": lambda by=by: propose(award, longer(award), by=by, side=Side.FUND),
            "approve": lambda by=by: services.approve_amendment(ours.pk, version=0, by=by),
            "reject": lambda by=by: services.reject_amendment(ours.pk, reason=" ", by=by),
        }
        for name, act in acts.items():
            is_in = refused(act)[0] != 403
            faults += [] if is_in == (name in allowed.get(role, set())) else [f"{role} {name}: {is_in}"]
    assert faults == []
    for by in (stranger, desk.checker, desk.manager):
        assert refused(propose, award, longer(award), by=by) == (403, "")
    assert refused(services.withdraw_amendment, ours.pk, side=Side.GRANTEE, by=desk.writer) == (403, "")
    assert refused(services.withdraw_amendment, ours.pk, side=Side.GRANTEE, by=stranger) == (403, "")
    make_conflict(desk.officer, award.organisation)
    officer = type(desk.officer).objects.get(pk=desk.officer.pk)
    assert refused(services.withdraw_amendment, ours.pk, side=Side.FUND, by=officer) == (403, "")


def test_one_change_at_a_time_of_a_running_award_only(desk, award):
    propose(award, longer(award), by=desk.writer)
    assert refused(propose, award, longer(award), by=desk.writer) == (409, "")
    for state in S:
        if state not in RUNNING:
            other = make_award(state=state)
            by = other.organisation.memberships.get().user
            assert refused(propose, other, longer(other), by=by) == (409, "")


def test_a_refusal_says_why_and_changes_nothing(desk, award):
    before, amendment = standing(award), submitted(desk, award, longer(award))
    assert refused(services.reject_amendment, amendment.pk, reason=" ", by=desk.manager) == (422, "reason")
    services.reject_amendment(amendment.pk, reason="Finish in time, please.", by=desk.manager)
    assert standing(award) == before
    assert "Finish in time" in Letter.objects.get(template="awards/amendment_rejected").text_body


def test_a_draft_is_written_anew_by_its_own_side_and_upon_its_own_version(desk, award):
    draft = propose(award, longer(award), by=desk.writer)
    facts = {"reason": "Longer still", "changes": [longer(award, 120)]}
    again = services.rewrite_amendment(draft.pk, version=1, by=desk.writer, **facts)
    assert [term.day_after for term in again.terms.all()] == [longer(award, 120).day]
    assert refused(services.rewrite_amendment, draft.pk, version=1, by=desk.writer, **facts) == (409, "")
    assert refused(services.rewrite_amendment, draft.pk, version=2, by=desk.officer, **facts) == (403, "")
    services.submit_amendment(draft.pk, by=desk.writer)
    assert refused(services.rewrite_amendment, draft.pk, version=3, by=desk.writer, **facts) == (409, "")


def test_an_approval_is_given_to_the_version_that_was_read(desk, award):
    amendment = submitted(desk, award, longer(award))
    facts = {"version": amendment.version - 1, "by": desk.manager}
    assert refused(services.approve_amendment, amendment.pk, **facts) == (409, "")


def test_a_payment_on_hold_stays_on_hold_under_its_new_number(desk, award):
    second = award.tranches.get(number=2)
    services.hold_tranche(second.pk, reason="The lease is not here.", by=desk.officer)
    sign(desk, approved(desk, award, Change(K.PAYMENT, row=second.pk, day=second.planned_on + timedelta(days=30))))
    made = Tranche.objects.get(award=award, number=3)
    assert (made.state, made.hold_reason, made.amount) == (T.ON_HOLD, "The lease is not here.", usd(400_000))
    assert services.release_tranche(made.pk, by=desk.officer).state == T.PLANNED


def test_a_payment_that_waits_for_a_late_report_goes_on_with_it_under_its_new_number(desk, award):
    due_on = clock.today(desk.fund.time_zone) - timedelta(days=20)
    days = {"period_starts_on": due_on - timedelta(days=90), "period_ends_on": due_on, "due_on": due_on}
    late = make_report_due(award, state=ReportState.OPEN, **days)
    reporting.remind()
    second = award.tranches.get(number=2)
    assert second.state == T.ON_HOLD
    sign(desk, approved(desk, award, Change(K.PAYMENT, row=second.pk, amount=usd(300_000))))
    assert award.tranches.get(number=3).state == T.ON_HOLD
    reporting.waive_report(late.pk, reason="It is told in the final one.", by=desk.manager)
    assert award.tranches.get(number=3).state == T.PLANNED


def test_a_change_that_the_award_has_no_room_for_any_more_is_not_carried_out(desk, award):
    second = award.tranches.get(number=2)
    services.cancel_tranche(second.pk, reason=WHY, by=desk.manager)
    amendment = approved(desk, award, Change(K.NEW_PAYMENT, amount=usd(400_000), day=second.planned_on))
    facts = {"difference": usd(-400_000), "reason": WHY, "by": desk.manager}
    services.change_amount(award.pk, version=Award.objects.get(pk=award.pk).version, **facts)
    assert refused(sign, desk, amendment) == (422, "amount")
    assert award.tranches.count() == 2
