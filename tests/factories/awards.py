"""Awards at any state with what hangs on them and the journals behind them: written here without their services."""

import hashlib
from datetime import timedelta
from typing import Any

from fundportal import clock
from fundportal.access import SYSTEM, Role
from fundportal.accounts.models import User
from fundportal.funds.models import Fund
from fundportal.ledger.services import Line, post
from fundportal.ledger.states import JournalKind
from fundportal.organisations.queries import signatories
from grants.applications.models import Application
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
    TrancheApproval,
)
from grants.awards.states import (
    AT_THE_BANK,
    ENDED_AT_ONCE,
    ENDED_EARLY,
    RUNNING,
    AgreementState,
    AwardState,
    ConditionKind,
    IdentityFactor,
    ReportKind,
    ReportState,
    Side,
    TrancheState,
)
from grants.decisions.models import BudgetHold, Decision
from grants.decisions.states import DeliberationState
from grants.questionnaires.models import FormVersion
from tests.factories.decisions import make_deliberation
from tests.factories.people import make_person
from tests.factories.questionnaires import make_form_version, make_questionnaire

S = AwardState
A = AgreementState
T = TrancheState
R = ReportState
TEXT = "The fund gives the grantee the money for the project."
AGREED_BEFORE = {S.ACCEPTED, *RUNNING, S.CLOSED, S.TERMINATED}


def make_decided(**facts: Any) -> Application:
    """Approved for $10,000.00 and announced; its organisation has a signatory."""
    return make_deliberation(state=DeliberationState.RELEASED, **facts).decisions.get().application


def make_award(application: Application | None = None, *, state: str = S.OFFERED, **facts: Any) -> Award:
    """For $10,000.00 in the books, with no tranche yet; from `accepted` on with an agreement that both have signed.

    What ended early gave everything back. Ask `make_tranche` for payments and `make_report_due` for reports.
    """
    application = application or make_decided()
    decision = Decision.objects.get(application=application, is_effective=True)
    whole = facts.pop("amount_minor", decision.amount_minor)
    award = Award.objects.create(
        state=state, **(_facts(application, decision, whole) | _dates(state) | {"amount_minor": whole} | facts)
    )
    BudgetHold.objects.filter(decision=decision).update(ended_at=clock.now(), is_committed=True)
    book_award(award, whole)
    if state in AGREED_BEFORE:
        make_agreement(award, state=A.EXECUTED)
    if state in ENDED_EARLY:
        _give_back(award, whole)
    return award


def make_agreement(award: Award | None = None, *, state: str = A.DRAFTING, **facts: Any) -> Agreement:
    """With the approvals and signatures that its state has behind it."""
    award = award or make_award()
    text = facts.pop("text", TEXT)
    made = Agreement.objects.create(
        award=award,
        state=state,
        text=text,
        **({"number": award.agreements.count() + 1, "language": award.language} | _stamps(state, text, award) | facts),
    )
    if state in {A.AGREED, A.SIGNING, A.EXECUTED, A.SUPERSEDED}:
        for side in Side:
            made.approvals.create(side=side, sha256=made.sha256, by=person_of(award, side))
    if state in {A.SIGNING, A.EXECUTED, A.SUPERSEDED}:
        make_signature(made, Side.GRANTEE)
    if state in {A.EXECUTED, A.SUPERSEDED}:
        make_signature(made, Side.FUND)
    return made


def make_signature(agreement: Agreement, side: str = Side.GRANTEE, **facts: Any) -> Signature:
    person = facts.pop("person", None) or person_of(agreement.award, side)
    defaults = {"name_typed": person.full_name, "identity_factor": IdentityFactor.TOTP, "sha256": agreement.sha256}
    return Signature.objects.create(agreement=agreement, side=side, person=person, **(defaults | facts))


def make_agreement_text(fund: Fund, **facts: Any) -> AgreementText:
    language = facts.pop("language", "en")
    number = AgreementText.objects.filter(fund=fund, language=language).count() + 1
    defaults = {"number": number, "body": "{fund} gives {grantee} {amount} for “{title}”."}
    return AgreementText.objects.create(fund=fund, language=language, **(defaults | facts))


def make_tranche(award: Award | None = None, *, state: str = T.PLANNED, **facts: Any) -> Tranche:
    """The next payment of an award under way: the whole of it, due today. What is at the bank stands in the books."""
    award = award or make_award(state=S.ACTIVE)
    amount = {"amount_minor": award.amount_minor, "currency": award.currency}
    defaults = {"number": award.tranches.count() + 1, "planned_on": clock.today(award.fund.time_zone)} | amount
    made = Tranche.objects.create(award=award, state=state, **(defaults | _tranche_dates(award, state) | facts))
    if state in {T.APPROVED, *AT_THE_BANK, T.FAILED, T.RETURNED}:
        for _number in range(2):
            make_tranche_approval(made)
    if state in AT_THE_BANK:
        book_instruction(made)
    return made


def make_tranche_approval(tranche: Tranche, *, by: User | None = None) -> TrancheApproval:
    by = by or make_person("Mona Manager", Role.MANAGER, fund=tranche.award.fund)
    return TrancheApproval.objects.create(tranche=tranche, by=by, round=tranche.round)


def make_condition(tranche: Tranche, kind: str = ConditionKind.MILESTONE, **facts: Any) -> Condition:
    if kind == ConditionKind.REPORT_ACCEPTED and "report_due" not in facts:
        facts["report_due"] = make_report_due(tranche.award)
    if kind == ConditionKind.DATE:
        facts.setdefault("due_on", clock.today(tranche.award.fund.time_zone))
    return Condition.objects.create(tranche=tranche, kind=kind, **({"text": "The kitchen is open"} | facts))


def make_report_due(award: Award | None = None, *, state: str = R.SCHEDULED, **facts: Any) -> ReportDue:
    """The next report of an award under way, over the three months that ended today, due in thirty days."""
    award = award or make_award(state=S.ACTIVE)
    today = clock.today(award.fund.time_zone)
    defaults = {
        "number": award.reports_due.count() + 1,
        "kind": ReportKind.PROGRESS,
        "period_starts_on": today - timedelta(days=90),
        "period_ends_on": today,
        "due_on": today + timedelta(days=30),
        "form_version": facts.pop("form_version", None) or a_report_form(award.fund),
    }
    return ReportDue.objects.create(award=award, state=state, **(defaults | _report_dates(state) | facts))


def make_indicator(award: Award, **facts: Any) -> Indicator:
    defaults = {"position": award.indicators.count() + 1, "name": "People who found work", "unit": "people"}
    return Indicator.objects.create(award=award, **(defaults | facts))


def make_budget_line(award: Award, **facts: Any) -> BudgetLine:
    money = {"amount_minor": award.amount_minor // 2, "currency": award.currency}
    defaults = {"position": award.budget_lines.count() + 1, "heading": "A cook for ten months"} | money
    return BudgetLine.objects.create(award=award, **(defaults | facts))


def a_report_form(fund: Fund) -> FormVersion:
    return make_form_version(make_questionnaire(fund))


def person_of(award: Award, side: str) -> User:
    """A manager of the fund, or whoever signs for the grantee."""
    if side == Side.FUND:
        return make_person("Mona Manager", Role.MANAGER, fund=award.fund)
    return signatories(award.organisation).first()


def book_award(award: Award, minor: int) -> None:
    lines = [_awarded(award, minor), _payable(award, -minor)]
    _book(award, JournalKind.AWARD, ("award", award.reference), lines)


def book_instruction(tranche: Tranche) -> None:
    """On its way from the fund's bank account `main`."""
    award, minor = tranche.award, tranche.amount_minor
    lines = [_payable(award, minor), Line("payments_in_transit:main", -tranche.amount)]
    source = ("instruction", f"{tranche}-{tranche.round}")
    _book(award, JournalKind.BANK_LINE, source, lines)  # a fact from outside: no bank balance is asked for here


def _give_back(award: Award, minor: int) -> None:
    change = AwardChange.objects.create(
        award=award, kind="ended_early", amount_minor=-minor, currency=award.currency, reason=award.end_reason
    )
    lines = [_payable(award, minor), _awarded(award, -minor)]
    _book(award, JournalKind.AWARD_CHANGE, ("award_change", str(change.pk)), lines)
    award.amount_minor = 0
    award.save(update_fields=["amount_minor"])
    if award.state in ENDED_AT_ONCE:
        BudgetHold.objects.filter(decision=award.decision).update(is_committed=False)


def _book(award: Award, kind: str, source: tuple[str, str], lines: list[Line]) -> None:
    today = clock.today(award.fund.time_zone)
    post(fund=award.fund, kind=kind, source=source, lines=lines, by=SYSTEM, business_on=today)


def _awarded(award: Award, minor: int) -> Line:
    return Line("grants_awarded", type(award.offered)(minor, award.currency), award.purpose, party=award.reference)


def _payable(award: Award, minor: int) -> Line:
    return Line(award.payable_account, type(award.offered)(minor, award.currency))


def _facts(application: Application, decision: Decision, whole: int) -> dict[str, Any]:
    call = application.stage.call
    today = clock.today(call.fund.time_zone)
    return {
        "reference": application.reference,
        "application": application,
        "decision": decision,
        "organisation": application.organisation,
        "fund": call.fund,
        "purpose": call.purpose,
        "offered_minor": whole,
        "currency": decision.currency,
        "title": application.title,
        "language": application.language,
        "starts_on": today + timedelta(days=10),
        "ends_on": today + timedelta(days=375),
        "respond_by": today + timedelta(days=21),
        "offered_by": make_person("Otto Officer", Role.OFFICER, fund=call.fund),
    }


def _dates(state: str) -> dict[str, Any]:
    now = clock.now()
    return {
        "accepted_at": now if state in AGREED_BEFORE else None,
        "activated_at": now if state in {*RUNNING, S.CLOSED, S.TERMINATED} else None,
        "suspended_at": now if state == S.SUSPENDED else None,
        "suspend_reason": "The office moves house." if state == S.SUSPENDED else "",
        "closed_at": now if state == S.CLOSED else None,
        "ended_at": now if state in ENDED_EARLY else None,
        "end_reason": "The project has stopped." if state in ENDED_EARLY else "",
    }


def _stamps(state: str, text: str, award: Award) -> dict[str, Any]:
    now = clock.now()
    agreed = state in {A.AGREED, A.SIGNING, A.EXECUTED, A.SUPERSEDED}
    return {
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "sent_at": None if state == A.DRAFTING else now,
        "agreed_at": now if agreed else None,
        "executed_at": now if state in {A.EXECUTED, A.SUPERSEDED} else None,
        "prepared_by": award.offered_by,
    }


def _tranche_dates(award: Award, state: str) -> dict[str, Any]:
    now = clock.now()
    was_requested = state in {T.REQUESTED, T.APPROVED, *AT_THE_BANK, T.FAILED, T.RETURNED}
    return {
        "ready_at": now if was_requested or state == T.READY else None,
        "requested_at": now if was_requested else None,
        "requested_by": person_of(award, Side.GRANTEE) if was_requested else None,
        "approved_at": now if was_requested and state != T.REQUESTED else None,
        "instructed_at": now if state in AT_THE_BANK else None,
        "paid_at": now if state in {T.PAID, T.RECONCILED} else None,
        "reconciled_at": now if state == T.RECONCILED else None,
        "held_from": T.PLANNED if state == T.ON_HOLD else "",
        "hold_reason": "A report is late." if state == T.ON_HOLD else "",
    }


def _report_dates(state: str) -> dict[str, Any]:
    now = clock.now()
    was_sent = state in {R.SUBMITTED, R.CHANGES_REQUESTED, R.ACCEPTED}
    return {
        "opened_at": now if was_sent or state == R.OPEN else None,
        "submitted_at": now if was_sent else None,
        "accepted_at": now if state == R.ACCEPTED else None,
        "waived_at": now if state == R.WAIVED else None,
        "waive_reason": "The project is shorter now." if state == R.WAIVED else "",
    }
