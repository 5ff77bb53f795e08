"""Changes of grants at any state, and what became of unspent money: written here without their services."""

from datetime import timedelta
from typing import Any

from fundportal import clock
from fundportal.access import SYSTEM, Role
from fundportal.accounts.models import User
from fundportal.ledger.services import Line, post
from fundportal.ledger.states import JournalKind
from grants.awards.models import AmendedTerm, Amendment, AmendmentApproval, Award, UnspentSettlement
from grants.awards.states import (
    OPEN_AMENDMENT,
    AgreementState,
    AmendmentState,
    AwardState,
    Settlement,
    Side,
    TermKind,
)
from tests.factories.awards import make_agreement, make_award, person_of
from tests.factories.people import make_person

S = AmendmentState
SENT = (S.SUBMITTED, S.APPROVED, S.EXECUTED, S.APPLIED, S.REJECTED)
DECIDED = (S.APPROVED, S.EXECUTED, S.APPLIED)


def make_amendment(award: Award | None = None, *, state: str = S.DRAFT, **facts: Any) -> Amendment:
    """Of the grantee: the award ends ninety days later. From `approved` on with the agreement behind it."""
    award = award or make_award(state=AwardState.ACTIVE)
    side = facts.pop("side", Side.GRANTEE)
    defaults = {"number": award.amendments.count() + 1, "reason": "The kitchen opens later.", "side": side}
    defaults |= {"proposed_by": facts.pop("proposed_by", None) or person_of(award, side)}
    made = Amendment.objects.create(award=award, state=state, **(defaults | _stamps(award, state) | facts))
    make_term(made)
    if state in DECIDED:
        make_amendment_approval(made)
    return made


def make_term(amendment: Amendment, kind: str = TermKind.ENDS_ON, **facts: Any) -> AmendedTerm:
    ends_on = amendment.award.ends_on
    days = {"day_before": ends_on, "day_after": ends_on + timedelta(days=90)} if kind == TermKind.ENDS_ON else {}
    defaults = {"position": amendment.terms.count() + 1} | days
    return AmendedTerm.objects.create(amendment=amendment, kind=kind, **(defaults | facts))


def make_amendment_approval(amendment: Amendment, *, by: User | None = None) -> AmendmentApproval:
    by = by or make_person("Mona Manager", Role.MANAGER, fund=amendment.award.fund)
    return AmendmentApproval.objects.create(amendment=amendment, by=by)


def make_settlement(award: Award, kind: str = Settlement.WAIVED, **facts: Any) -> UnspentSettlement:
    """What came back stands in the books, against the bank account `main`."""
    money = {"amount_minor": 100_000, "currency": award.currency}
    defaults = {"by": person_of(award, Side.FUND), "reason": "It is spent well."} | money
    made = UnspentSettlement.objects.create(award=award, kind=kind, **(defaults | facts))
    if kind == Settlement.RETURNED:
        granted = Line("grants_awarded", -made.amount, award.purpose, party=award.reference)
        lines, today = [Line("bank:main", made.amount), granted], clock.today(award.fund.time_zone)
        source = ("bank_line", f"settlement:{made.pk}")
        post(fund=award.fund, kind=JournalKind.BANK_LINE, source=source, lines=lines, by=SYSTEM, business_on=today)
    return made


def _stamps(award: Award, state: str) -> dict[str, Any]:
    now = clock.now()
    agreed = {S.APPROVED: AgreementState.GRANTEE_REVIEW, S.EXECUTED: AgreementState.SUPERSEDED}
    agreed |= {S.APPLIED: AgreementState.SUPERSEDED}
    return {
        "submitted_at": now if state in SENT else None,
        "approved_at": now if state in DECIDED else None,
        "executed_at": now if state in (S.EXECUTED, S.APPLIED) else None,
        "applied_at": now if state == S.APPLIED else None,
        "ended_at": None if state in (*OPEN_AMENDMENT, S.EXECUTED, S.APPLIED) else now,
        "answer": "The project has ended." if state == S.REJECTED else "",
        "agreement": make_agreement(award, state=agreed[S(state)]) if state in agreed else None,
    }
