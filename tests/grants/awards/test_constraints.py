"""What the database refuses, by the name of the rule."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from fundportal import clock
from grants.awards.models import (
    Agreement,
    AgreementText,
    Award,
    AwardChange,
    BudgetLine,
    Condition,
    Indicator,
    ReportDue,
    Signature,
    Tranche,
)
from grants.awards.states import AgreementState, AwardState, ChangeKind, ConditionKind, ReportState, TrancheState
from tests.factories.awards import (
    make_agreement,
    make_agreement_text,
    make_award,
    make_budget_line,
    make_condition,
    make_indicator,
    make_report_due,
    make_signature,
    make_tranche,
    make_tranche_approval,
)
from tests.factories.organisations import make_signatory

pytestmark = pytest.mark.django_db

S, A, T, R = AwardState, AgreementState, TrancheState, ReportState
NOW = object()


def breaks(name):
    return pytest.raises(IntegrityError, match=f"{name}|UNIQUE" if name in UNIQUE else name)


def set_columns(row, changes):
    facts = {column: clock.now() if value is NOW else value for column, value in changes.items()}
    with transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(**facts)


AWARD = [
    (S.ACCEPTED, {"state": "elsewhere"}, "award_state_is_known"),
    (S.OFFERED, {"offered_minor": 0}, "an_award_offers_more_than_nothing"),
    (S.CLOSING, {"spent_minor": -1}, "an_award_is_not_spent_below_nothing"),
    (S.OFFERED, {"amount_minor": 0}, "an_award_that_stands_promises_more_than_nothing"),
    (S.TERMINATED, {"amount_minor": -1}, "an_award_that_stands_promises_more_than_nothing"),
    (S.OFFERED, {"accepted_at": NOW}, "an_award_is_accepted_exactly_when_it_says_when"),
    (S.LAPSED, {"accepted_at": NOW}, "an_award_is_accepted_exactly_when_it_says_when"),
    (S.ACCEPTED, {"accepted_at": None}, "an_award_is_accepted_exactly_when_it_says_when"),
    (S.ACCEPTED, {"activated_at": NOW}, "an_award_runs_exactly_when_it_says_since_when"),
    (S.ACTIVE, {"activated_at": None}, "an_award_runs_exactly_when_it_says_since_when"),
    (S.ACTIVE, {"suspended_at": NOW}, "an_award_is_suspended_exactly_when_it_says_why"),
    (S.ACTIVE, {"suspend_reason": "Late"}, "an_award_is_suspended_exactly_when_it_says_why"),
    (S.SUSPENDED, {"suspend_reason": ""}, "an_award_is_suspended_exactly_when_it_says_why"),
    (S.CLOSING, {"closed_at": NOW}, "an_award_is_closed_exactly_when_it_says_when"),
    (S.CLOSED, {"closed_at": None}, "an_award_is_closed_exactly_when_it_says_when"),
    (S.ACTIVE, {"ended_at": NOW}, "an_award_ended_early_exactly_when_it_says_when"),
    (S.DECLINED, {"ended_at": None}, "an_award_ended_early_exactly_when_it_says_when"),
    (S.RESCINDED, {"end_reason": ""}, "an_award_that_somebody_ended_says_why"),
]
AGREEMENT = [
    (A.DRAFTING, {"state": "elsewhere"}, "agreement_state_is_known"),
    (A.SIGNING, {"executed_at": NOW}, "an_agreement_is_executed_exactly_when_it_says_when"),
    (A.EXECUTED, {"executed_at": None}, "an_agreement_is_executed_exactly_when_it_says_when"),
    (A.AGREED, {"agreed_at": None}, "an_agreement_that_is_agreed_says_when"),
    (A.AGREED, {"sent_at": None}, "an_agreement_that_is_agreed_says_when"),
]
TRANCHE = [
    (T.PLANNED, {"state": "elsewhere"}, "tranche_state_is_known"),
    (T.PLANNED, {"amount_minor": 0}, "a_tranche_is_more_than_nothing"),
    (T.READY, {"held_from": T.PLANNED}, "a_tranche_is_held_exactly_when_it_says_why_and_from_where"),
    (T.READY, {"hold_reason": "Late"}, "a_tranche_is_held_exactly_when_it_says_why_and_from_where"),
    (T.ON_HOLD, {"hold_reason": ""}, "a_tranche_on_hold_knows_where_it_came_from"),
    (T.ON_HOLD, {"held_from": ""}, "a_tranche_on_hold_knows_where_it_came_from"),
    (T.REQUESTED, {"requested_at": None}, "a_requested_tranche_says_when_and_by_whom"),
    (T.REQUESTED, {"requested_by": None}, "a_requested_tranche_says_when_and_by_whom"),
    (T.APPROVED, {"approved_at": None}, "an_approved_tranche_says_when"),
    (T.APPROVED, {"instructed_at": NOW}, "a_tranche_is_instructed_exactly_when_it_says_when"),
    (T.INSTRUCTED, {"instructed_at": None}, "a_tranche_is_instructed_exactly_when_it_says_when"),
    (T.INSTRUCTED, {"paid_at": NOW}, "a_tranche_is_paid_exactly_when_it_says_when"),
    (T.PAID, {"paid_at": None}, "a_tranche_is_paid_exactly_when_it_says_when"),
    (T.PAID, {"reconciled_at": NOW}, "a_tranche_is_reconciled_exactly_when_it_says_when"),
    (T.RECONCILED, {"reconciled_at": None}, "a_tranche_is_reconciled_exactly_when_it_says_when"),
]
REPORT = [
    (R.SCHEDULED, {"state": "elsewhere"}, "report_state_is_known"),
    (R.SUBMITTED, {"submitted_at": None}, "a_submitted_report_says_when"),
    (R.ACCEPTED, {"accepted_at": None}, "a_report_is_accepted_exactly_when_it_says_when"),
    (R.SUBMITTED, {"accepted_at": NOW}, "a_report_is_accepted_exactly_when_it_says_when"),
    (R.OPEN, {"waived_at": NOW}, "a_report_is_waived_exactly_when_it_says_why"),
    (R.WAIVED, {"waive_reason": ""}, "a_report_is_waived_exactly_when_it_says_why"),
]
CONDITION = [
    (ConditionKind.MILESTONE, {"text": ""}, "a_condition_says_what_is_asked"),
    (
        ConditionKind.REPORT_ACCEPTED,
        {"report_due": None},
        "a_condition_names_a_report_exactly_when_it_waits_for_one",
    ),
    (ConditionKind.DATE, {"due_on": None}, "a_day_to_wait_for_is_named"),
    (ConditionKind.MILESTONE, {"waived_at": NOW}, "a_condition_is_waived_by_somebody_who_says_why"),
    (ConditionKind.MILESTONE, {"waive_reason": "Late"}, "a_condition_is_waived_by_somebody_who_says_why"),
]
UNIQUE = {
    "tranches_of_an_award_are_numbered",
    "reports_of_an_award_are_numbered",
    "agreements_of_an_award_are_numbered",
    "one_agreement_is_open_at_a_time",
    "one_agreement_is_in_force_for_an_award",
    "versions_of_a_wording_are_numbered",
    "one_wording_is_current_in_a_language",
    "a_side_approves_a_text_once",
    "a_side_signs_an_agreement_once",
    "nobody_signs_for_both_sides",
    "a_person_approves_a_tranche_once",
    "indicators_of_an_award_stand_in_order",
    "budget_lines_of_an_award_stand_in_order",
}


@pytest.fixture(scope="module")
def standing_award(build_once):
    return build_once(lambda: make_award(state=S.ACTIVE))


@pytest.fixture
def award(own, standing_award):
    return own(standing_award)


def rows_by_state(table):
    """Parameters: a state with all the changes that break it, each beside the rule that it breaks."""
    states = dict.fromkeys(state for state, _changes, _rule in table)
    rows = {state: [(changes, rule) for known, changes, rule in table if known == state] for state in states}
    return pytest.mark.parametrize(("state", "changes"), [pytest.param(*row, id=row[0]) for row in rows.items()])


def assert_breaks(row, changes):
    for columns, rule in changes:
        with breaks(rule):
            set_columns(row, columns)


@rows_by_state(AWARD)
def test_an_award_has_the_facts_of_its_state(state, changes):
    assert_breaks(make_award(state=state), changes)


@rows_by_state(AGREEMENT)
def test_an_agreement_has_the_facts_of_its_state(state, changes):
    assert_breaks(make_agreement(make_award(), state=state), changes)


@rows_by_state(TRANCHE)
def test_a_tranche_has_the_facts_of_its_state(award, state, changes):
    assert_breaks(make_tranche(award, state=state), changes)


@rows_by_state(REPORT)
def test_a_report_has_the_facts_of_its_state(award, state, changes):
    assert_breaks(make_report_due(award, state=state), changes)


@rows_by_state(CONDITION)
def test_a_condition_has_the_facts_of_its_kind(award, state, changes):
    assert_breaks(make_condition(make_tranche(award), state), changes)


def test_a_condition_that_is_met_is_not_waived(award):
    tranche = make_tranche(award)
    condition = make_condition(tranche, met_at=clock.now())
    waived = {"waived_at": NOW, "waived_by": tranche.award.offered_by, "waive_reason": "Late"}
    with breaks("a_condition_is_waived_by_somebody_who_says_why"):
        set_columns(condition, waived)


def test_days_stand_in_order():
    award, report = make_award(), make_report_due()
    with breaks("an_award_ends_after_it_starts"):
        set_columns(award, {"ends_on": award.starts_on})
    with breaks("the_period_of_a_report_ends_after_it_starts"):
        set_columns(report, {"period_starts_on": report.period_ends_on})
    with breaks("a_report_is_due_once_its_period_is_over"):
        set_columns(report, {"due_on": report.period_ends_on - timedelta(days=1)})


def test_a_change_has_the_sign_of_its_kind(award):
    wrong = ((ChangeKind.RAISED, -1), (ChangeKind.RAISED, 0), (ChangeKind.LOWERED, 1), (ChangeKind.ENDED_EARLY, 0))
    for kind, minor in wrong:
        with breaks("an_award_is_raised_by_more_and_lowered_by_less_than_nothing"), transaction.atomic():
            AwardChange.objects.create(award=award, kind=kind, amount_minor=minor, currency="USD")


def test_what_hangs_on_an_award_is_numbered(award):
    rows = (
        (make_tranche, "tranches_of_an_award_are_numbered", {"number": 1}),
        (make_report_due, "reports_of_an_award_are_numbered", {"number": 1}),
        (make_indicator, "indicators_of_an_award_stand_in_order", {"position": 1}),
        (make_budget_line, "budget_lines_of_an_award_stand_in_order", {"position": 1}),
    )
    for make, rule, place in rows:
        make(award, **place)
        with breaks(rule), transaction.atomic():
            make(award, **place)


def test_one_agreement_is_open_and_one_is_in_force(award):
    make_agreement(award)
    with breaks("agreements_of_an_award_are_numbered"), transaction.atomic():
        make_agreement(award, state=A.VOID, number=1)
    with breaks("one_agreement_is_open_at_a_time"), transaction.atomic():
        make_agreement(award, state=A.SIGNING)
    with breaks("one_agreement_is_in_force_for_an_award"), transaction.atomic():
        make_agreement(award, state=A.EXECUTED)
    for state in (A.VOID, A.VOID, A.SUPERSEDED, A.SUPERSEDED):
        make_agreement(award, state=state)
    assert award.agreements.count() == 6


def test_one_wording_is_current_in_each_language(award):
    fund = award.fund
    make_agreement_text(fund)
    make_agreement_text(fund, language="fr")
    with breaks("one_wording_is_current_in_a_language"), transaction.atomic():
        make_agreement_text(fund)
    with breaks("versions_of_a_wording_are_numbered"), transaction.atomic():
        make_agreement_text(fund, number=1, is_current=False)
    with breaks("a_wording_says_something"), transaction.atomic():
        make_agreement_text(fund, body="", is_current=False)
    assert AgreementText.objects.count() == 2


def test_a_side_approves_and_signs_once_and_nobody_for_both():
    agreement = make_agreement(state=A.SIGNING)
    grantee = agreement.signatures.get().person
    with breaks("a_side_approves_a_text_once"), transaction.atomic():
        agreement.approvals.create(side="fund", sha256=agreement.sha256, by=grantee)
    with breaks("a_side_signs_an_agreement_once"), transaction.atomic():
        make_signature(agreement, "grantee", person=make_signatory(agreement.award.organisation))
    with breaks("nobody_signs_for_both_sides"), transaction.atomic():
        make_signature(agreement, "fund", person=grantee)
    with breaks("a_signature_has_a_name"), transaction.atomic():
        make_signature(agreement, "fund", name_typed="")


def test_a_person_approves_a_payment_once_in_each_round(award):
    tranche = make_tranche(award, state=T.REQUESTED)
    approval = make_tranche_approval(tranche)
    with breaks("a_person_approves_a_tranche_once"), transaction.atomic():
        make_tranche_approval(tranche, by=approval.by)
    tranche.round = 2
    assert make_tranche_approval(tranche, by=approval.by).round == 2


def test_lines_and_figures_say_what_they_are(award):
    with breaks("a_budget_line_is_not_below_nothing"), transaction.atomic():
        make_budget_line(award, amount_minor=-1)
    with breaks("a_budget_line_says_for_what"), transaction.atomic():
        make_budget_line(award, heading="")
    with breaks("an_indicator_says_what_is_counted"), transaction.atomic():
        make_indicator(award, name="")


def test_a_threshold_for_approvers_is_not_below_nothing(award):
    with breaks("a_threshold_for_approvers_is_not_below_nothing"):
        set_columns(award.fund, {"two_approvers_above_minor": -1})


@pytest.mark.parametrize("make", ["signature", "change"])
def test_what_was_signed_and_changed_is_never_rewritten(make):
    agreement = make_agreement(make_award(state=S.TERMINATED), state=A.SIGNING)
    row = agreement.signatures.get() if make == "signature" else AwardChange.objects.get()
    changes = {"name_typed": "Another"} if make == "signature" else {"reason": "Another"}
    with pytest.raises(DatabaseError, match="append-only"):
        set_columns(row, changes)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        type(row).objects.filter(pk=row.pk).delete()


def test_every_rule_of_the_tables_is_broken_here():
    """Whoever adds a rule adds the test that breaks it."""
    models = (Award, AwardChange, Agreement, AgreementText, Signature, Tranche, Condition, ReportDue)
    known = {rule.name for model in (*models, Indicator, BudgetLine) for rule in model._meta.constraints}
    here = Path(__file__).read_text(encoding="utf-8")
    assert [name for name in sorted(known) if name not in here] == []
