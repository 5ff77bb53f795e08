"""From the announced approval to the offer, and the terms while nobody has signed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fundportal.access import Role
from fundportal.audit.models import Entry
from fundportal.ledger.models import Journal
from fundportal.ledger.queries import balance, may_promise
from fundportal.mail.models import Letter
from fundportal.money import Money
from grants.awards import services
from grants.awards.models import Award, Condition
from grants.awards.services import BudgetTerms, ConditionTerms, IndicatorTerms, TrancheTerms
from grants.awards.states import AgreementState, AwardState, ConditionKind, ReportKind
from grants.decisions.models import BudgetHold, Decision
from grants.decisions.states import DeliberationState, Outcome
from tests.factories.applications import make_application
from tests.factories.awards import make_agreement, make_award
from tests.factories.decisions import MONEY, make_deliberation, make_funded_call
from tests.factories.organisations import make_conflict
from tests.factories.people import make_person
from tests.factories.questionnaires import make_form_version
from tests.grants.awards.conftest import broken, refused, terms_for, usd
from tests.grants.rows import undone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sound_books")]

S = AwardState


def test_an_offer_turns_the_hold_into_a_promise_and_the_promise_stands_in_the_books(desk):
    purpose = desk.application.stage.call.purpose
    before = may_promise(purpose)
    award = services.offer_award(desk.application.pk, terms=desk.terms, by=desk.officer)
    assert award.reference == desk.application.reference
    assert award.amount == award.offered == usd(MONEY)
    hold = BudgetHold.objects.get(decision=award.decision)
    assert hold.is_committed
    assert hold.ended_at is not None
    journal = Journal.objects.get(source_kind="award", source_id=award.reference)
    lines = {line.account.code: (line.amount_minor, line.purpose) for line in journal.postings.all()}
    assert lines == {"grants_awarded": (MONEY, purpose), award.payable_account: (-MONEY, None)}
    assert may_promise(purpose) == before


def test_an_offer_writes_down_every_term(desk):
    award = services.offer_award(desk.application.pk, terms=desk.terms, by=desk.officer)
    assert [(t.number, t.amount.minor) for t in award.tranches.order_by("number")] == [(1, 600_000), (2, 400_000)]
    assert [r.kind for r in award.reports_due.order_by("number")] == [ReportKind.PROGRESS, ReportKind.FINAL]
    condition = Condition.objects.get(tranche__award=award)
    assert (condition.tranche.number, condition.report_due.number) == (2, 1)
    assert award.indicators.get().unit == "people"
    assert [line.amount.minor for line in award.budget_lines.order_by("position")] == [750_000, 250_000]
    entry = Entry.objects.get(action="awards.offer", actor=desk.officer)
    assert (entry.before, entry.after) == ("", S.OFFERED)


def test_whoever_signs_for_the_grantee_is_told_once(desk):
    award = services.offer_award(desk.application.pk, terms=desk.terms, by=desk.officer)
    letter = Letter.objects.get(template="awards/offered")
    assert letter.to_address == desk.signatory.email
    assert "$10,000" in letter.subject
    assert award.title in letter.text_body
    assert f"/my/grants/{award.reference}/" in letter.text_body


def test_a_second_offer_is_refused_and_books_nothing(desk):
    services.offer_award(desk.application.pk, terms=desk.terms, by=desk.officer)
    assert refused(services.offer_award, desk.application.pk, terms=desk.terms, by=desk.manager) == (409, "")
    assert Award.objects.count() == 1
    assert Journal.objects.filter(source_kind="award").count() == 1


@pytest.mark.parametrize("state", [DeliberationState.PREPARED, DeliberationState.ADOPTED])
def test_an_approval_that_is_not_announced_gets_no_offer(state):
    deliberation = make_deliberation(make_funded_call(), state=state)
    application = deliberation.decisions.get().application
    officer = make_person("Omar Officer", Role.OFFICER, fund=application.fund)
    assert refused(services.offer_award, application.pk, terms=terms_for(application), by=officer) == (409, "")


def test_a_declined_application_gets_no_offer():
    deliberation = make_deliberation(state=DeliberationState.RELEASED, outcome=Outcome.DECLINE)
    application = deliberation.decisions.get().application
    officer = make_person("Omar Officer", Role.OFFICER, fund=application.fund)
    assert refused(services.offer_award, application.pk, terms=terms_for(application), by=officer) == (409, "")


def test_an_application_without_a_decision_gets_no_offer():
    application = make_application(state="reviewed")
    officer = make_person("Omar Officer", Role.OFFICER, fund=application.fund)
    assert refused(services.offer_award, application.pk, terms=terms_for(application), by=officer) == (409, "")


def test_only_officers_and_managers_offer(desk):
    terms, holders = desk.terms, {Role.OFFICER, Role.MANAGER}
    for role in set(Role) - holders:
        by = make_person("Rory Role", role, fund=desk.fund)
        answer = refused(services.offer_award, desk.application.pk, terms=terms, by=by)
        assert (role, answer) == (role, (403, ""))
    for role in holders:
        by = make_person("Rory Role", role, fund=desk.fund)
        with undone():
            assert services.offer_award(desk.application.pk, terms=terms, by=by).offered_by == by
            assert broken() == {}


def test_a_conflict_of_interest_keeps_an_officer_from_offering(desk):
    make_conflict(desk.officer, desk.application.organisation)
    assert refused(services.offer_award, desk.application.pk, terms=desk.terms, by=desk.officer) == (403, "")


def test_an_officer_of_another_fund_does_not_offer(desk):
    stranger = make_person("Sana Stranger", Role.OFFICER, fund=make_funded_call().fund)
    assert refused(services.offer_award, desk.application.pk, terms=desk.terms, by=stranger) == (403, "")


def day(terms, **changes):
    return replace(terms, **changes)


def first(terms, **changes):
    return replace(terms, tranches=(replace(terms.tranches[0], **changes), *terms.tranches[1:]))


def report(terms, number=-1, **changes):
    reports = list(terms.reports)
    reports[number] = replace(reports[number], **changes)
    return replace(terms, reports=tuple(reports))


WRONG = {
    "ends before it starts": (lambda t: day(t, ends_on=t.starts_on), "ends_on"),
    "no time to answer": (lambda t: day(t, respond_by=t.respond_by - timedelta(days=22)), "respond_by"),
    "no payment": (lambda t: day(t, tranches=()), "tranches"),
    "a payment of nothing": (lambda t: first(t, amount=usd(0)), "tranches"),
    "a payment below nothing": (lambda t: first(t, amount=usd(-1)), "tranches"),
    "a payment in euros": (lambda t: first(t, amount=Money(1, "EUR")), "tranches"),
    "a cent too much": (lambda t: first(t, amount=usd(600_001)), "tranches"),
    "a silent condition": (
        lambda t: first(t, conditions=(ConditionTerms(ConditionKind.MILESTONE, " "),)),
        "tranches",
    ),
    "a report that does not exist": (
        lambda t: first(t, conditions=(ConditionTerms(ConditionKind.REPORT_ACCEPTED, "Read", report=3),)),
        "tranches",
    ),
    "a report that is not named": (
        lambda t: first(t, conditions=(ConditionTerms(ConditionKind.REPORT_ACCEPTED, "Read"),)),
        "tranches",
    ),
    "a milestone with a report": (
        lambda t: first(t, conditions=(ConditionTerms(ConditionKind.MILESTONE, "Read", report=1),)),
        "tranches",
    ),
    "a day that is not named": (
        lambda t: first(t, conditions=(ConditionTerms(ConditionKind.DATE, "In spring"),)),
        "tranches",
    ),
    "no final report": (lambda t: report(t, kind=ReportKind.PROGRESS), "reports"),
    "no report at all": (lambda t: day(t, reports=(), tranches=t.tranches[:1]), "reports"),
    "two final reports": (lambda t: report(t, 0, kind=ReportKind.FINAL), "reports"),
    "a period that ends before it starts": (lambda t: report(t, period_ends_on=t.starts_on), "reports"),
    "due before its period is over": (lambda t: report(t, due_on=t.reports[-1].period_starts_on), "reports"),
    "a form of nobody": (lambda t: report(t, form_version_id=0), "reports"),
    "an indicator without a name": (lambda t: day(t, indicators=(IndicatorTerms(" "),)), "indicators"),
    "a budget line without words": (lambda t: day(t, budget=(BudgetTerms(" ", usd(1)),)), "budget"),
    "a budget line below nothing": (lambda t: day(t, budget=(BudgetTerms("Food", usd(-1)),)), "budget"),
}


def test_terms_that_do_not_fit_are_refused_beside_their_field(desk):
    terms = desk.terms
    for name, (change, field) in WRONG.items():
        answer = refused(services.offer_award, desk.application.pk, terms=change(terms), by=desk.officer)
        assert (name, answer) == (name, (422, field))
        assert not Award.objects.exists(), name
        assert BudgetHold.objects.get().ended_at is None, name


def test_a_form_of_another_fund_is_refused(desk):
    foreign = report(desk.terms, form_version_id=make_form_version().pk)
    assert refused(services.offer_award, desk.application.pk, terms=foreign, by=desk.officer) == (422, "reports")


def test_payments_may_leave_a_rest_unplanned(desk):
    smaller = replace(desk.terms, tranches=desk.terms.tranches[:1])
    award = services.offer_award(desk.application.pk, terms=smaller, by=desk.officer)
    assert balance(desk.fund, award.payable_account) == usd(MONEY)


def test_terms_change_while_nobody_has_signed_and_void_the_agreement(desk):
    award = services.offer_award(desk.application.pk, terms=desk.terms, by=desk.officer)
    agreement = make_agreement(award, state=AgreementState.GRANTEE_REVIEW)
    later = replace(desk.terms, tranches=(TrancheTerms(usd(MONEY), desk.terms.starts_on),), indicators=())
    changed = services.change_terms(award.pk, terms=later, version=award.version, by=desk.manager)
    assert [tranche.amount.minor for tranche in changed.tranches.all()] == [MONEY]
    assert not Condition.objects.exists()
    assert changed.reports_due.count() == 2
    assert not changed.indicators.exists()
    assert changed.version == award.version + 1
    agreement = changed.agreements.get(pk=agreement.pk)
    assert agreement.state == AgreementState.VOID


@pytest.mark.parametrize("state", [AgreementState.SIGNING, AgreementState.EXECUTED])
def test_terms_that_somebody_signed_do_not_change(desk, state):
    award = services.offer_award(desk.application.pk, terms=desk.terms, by=desk.officer)
    make_agreement(award, state=state)
    change = {"terms": desk.terms, "version": award.version, "by": desk.officer}
    assert refused(services.change_terms, award.pk, **change) == (409, "")


def test_terms_change_only_while_the_award_is_offered(desk):
    terms = desk.terms
    for state in set(S) - {S.OFFERED}:
        with undone():
            award = make_award(desk.application, state=state)
            change = {"terms": terms, "version": award.version, "by": desk.officer}
            assert (state, refused(services.change_terms, award.pk, **change)) == (state, (409, ""))
            assert broken() == {}


def test_a_page_that_grew_old_changes_no_terms(desk):
    award = services.offer_award(desk.application.pk, terms=desk.terms, by=desk.officer)
    change = {"terms": desk.terms, "version": award.version - 1, "by": desk.officer}
    assert refused(services.change_terms, award.pk, **change) == (409, "")


def test_a_decision_has_one_award(desk):
    services.offer_award(desk.application.pk, terms=desk.terms, by=desk.officer)
    assert Decision.objects.get(application=desk.application).award.reference == desk.application.reference
