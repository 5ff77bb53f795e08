"""Carries a made-up grant from the offer to its acceptance: terms, an agreement signed by both, bank details."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from fundportal import clock
from fundportal.access import Role
from fundportal.demo.cast import holder, named
from fundportal.demo.rounds import Calendar
from fundportal.funds.models import BankAccount
from fundportal.money import Money
from grants.applications.models import Application
from grants.awards import services as awarding
from grants.awards.models import Award
from grants.awards.queries.pages import asked_budget
from grants.awards.services import (
    AwardTerms,
    BudgetTerms,
    ConditionTerms,
    IndicatorTerms,
    ReportTerms,
    TrancheTerms,
)
from grants.awards.states import IdentityFactor, Side
from grants.payments import services as paying
from grants.payments.services import AccountFacts
from grants.questionnaires.models import FormVersion

# The Federal Reserve gives out no account of this kind: the number passes the check, and leads nowhere.
ROUTING_NUMBER = "110000000"


def keep_account_of_the_fund(account: BankAccount) -> None:
    facts = AccountFacts("Port Aurora Demo Sponsor", "US", account.currency, "", ROUTING_NUMBER, "000100020003")
    paying.keep_paying_account(account.pk, facts=facts, by=holder(Role.FINANCE_CHECKER))


def offer(application: Application, facts: Mapping[str, Any], *, form: FormVersion, days: Calendar) -> Award:
    with clock.at(days.day(facts["offered"])):
        terms = _terms(application, facts["terms"], form, days)
        return awarding.offer_award(application.pk, terms=terms, by=holder(Role.OFFICER))


def sign(award: Award, facts: Mapping[str, Any], *, days: Calendar) -> None:
    """Written and sent by the office, approved and signed by the grantee, signed for the fund."""
    officer, manager, grantee = holder(Role.OFFICER), holder(Role.MANAGER), named(facts["by"])
    factor = IdentityFactor.DEMO
    with clock.at(days.day(facts["offered"] + 1)):
        agreement = awarding.prepare_agreement(award.pk, by=officer)
        awarding.send_agreement(agreement.pk, by=officer)
    with clock.at(days.day(facts["signed"])):
        sha256 = agreement.sha256
        awarding.approve_agreement_text(agreement.pk, side=Side.GRANTEE, sha256=sha256, by=grantee)
        for side, person in ((Side.GRANTEE, grantee), (Side.FUND, manager)):
            awarding.sign_agreement(agreement.pk, side=side, name_typed=person.full_name, factor=factor, by=person)


def accept(award: Award, facts: Mapping[str, Any], *, days: Calendar) -> None:
    """Once the fund has checked where the money goes."""
    grantee = named(facts["by"])
    account = AccountFacts(award.organisation.name, "US", award.currency, "", ROUTING_NUMBER, facts["account"])
    with clock.at(days.day(facts["signed"])):
        details = paying.propose_bank_details(award.organisation_id, facts=account, by=grantee)
    with clock.at(days.day(facts["accepted"])):
        note = "Called the number on the letterhead; both last digits agree."
        paying.verify_bank_details(details.pk, note=note, by=holder(Role.FINANCE_CHECKER))
        paying.accept_award(award.pk, by=grantee)


def _terms(application: Application, terms: Mapping[str, Any], form: FormVersion, days: Calendar) -> AwardTerms:
    currency = application.stage.call.currency

    def day(number: int) -> date:
        return days.day(number).date()

    return AwardTerms(
        starts_on=day(terms["starts"]),
        ends_on=day(terms["ends"]),
        respond_by=day(terms["respond"]),
        tranches=tuple(
            TrancheTerms(Money(each["minor"], currency), day(each["planned"]), _conditions(each))
            for each in terms["tranches"]
        ),
        reports=tuple(
            ReportTerms(each["kind"], day(each["from"]), day(each["until"]), day(each["due"]), form.pk)
            for each in terms["reports"]
        ),
        indicators=tuple(
            IndicatorTerms(each["name"], each["unit"], _number(each["baseline"]), _number(each["target"]))
            for each in terms["indicators"]
        ),
        budget=tuple(BudgetTerms(heading, amount) for heading, amount in asked_budget(application)),
    )


def _conditions(tranche: Mapping[str, Any]) -> tuple[ConditionTerms, ...]:
    return tuple(ConditionTerms(**each) for each in tranche.get("conditions", ()))


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None
