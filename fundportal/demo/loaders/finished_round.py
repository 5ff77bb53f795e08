"""A call of the practice round from its first day to a published report: three asked, two were given a grant.

One grantee has reported and may ask for the rest of the money; of the other a payment waits to be approved and a report
to be read, so that the office finds work.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from fundportal import clock
from fundportal.access import Role
from fundportal.demo import deciding, granting, paying, reporting, rounds
from fundportal.demo.cast import holder
from fundportal.demo.rounds import Calendar
from fundportal.funds.models import BankAccount
from grants.applications.models import Application
from grants.awards import services as awarding
from grants.awards.models import Award
from grants.calls.models import Stage

# Days from the day of writing; today is the last one.
OPENS, CLOSES, ANSWERS, TODAY = 7, 42, 95, 310
SPAN = (OPENS, CLOSES, ANSWERS)
SHARED_OUT, READ, PROPOSED = 46, 60, 68
Asked = list[tuple[Application, Mapping[str, Any]]]


def load(report: Callable[[str], None]) -> None:
    """Changes nothing once the call is there."""
    facts = rounds.read("finished")
    if rounds.is_there(facts):
        return
    days = Calendar(clock.now() - timedelta(days=TODAY))
    stage = rounds.announce(facts, days=days, span=SPAN)
    asked = _read(stage, facts, days)
    deciding.recommend(stage, asked, at=days.day(PROPOSED))
    deciding.decide(stage, asked, meeting=facts["meeting"], days=days)
    granted = _grant(stage, facts, asked, days)
    _pay_first(granted, facts, days)
    for award, each in granted:
        _go_on(award, each, days)
    report(f"1 call of the practice fund carried to its end, {len(asked)} applications, {len(granted)} grants")


def _read(stage: Stage, facts: Mapping[str, Any], days: Calendar) -> Asked:
    received = rounds.receive(stage, facts["applications"], days=days, sent=CLOSES - 2)
    rounds.close(stage, at=days.day(CLOSES + 1))
    rounds.screen(stage, at=days.day(CLOSES + 2))
    answer_by, review_by = days.day(SHARED_OUT + 6), days.day(READ + 6)
    rounds.share_out(stage, at=days.day(SHARED_OUT), answer_by=answer_by, review_by=review_by)
    asked = list(zip(received, facts["applications"], strict=True))
    for application, each in asked:
        rounds.hand_in_reviews(application, each["reviews"], at=days.day(SHARED_OUT + 5))
    return asked


def _grant(stage: Stage, facts: Mapping[str, Any], asked: Asked, days: Calendar) -> list[tuple[Award, Any]]:
    """Every grant that was decided is offered, signed and accepted."""
    with clock.at(days.day(facts["meeting"]["announced"])):
        form = reporting.publish_form(stage.call.fund, facts["report_form"])
    granted = []
    for application, each in asked:
        if each["granted"]:
            award = granting.offer(application, each["grant"], form=form, days=days)
            granting.sign(award, each["grant"], days=days)
            granting.accept(award, each["grant"], days=days)
            granted.append((award, each["grant"]))
    return granted


def _pay_first(granted: list[tuple[Award, Any]], facts: Mapping[str, Any], days: Calendar) -> None:
    """The first payments of all, in one run."""
    account = BankAccount.objects.select_related("fund").get(fund__code="practice", code="main")
    firsts = [(award.tranches.get(number=1), each["by"]) for award, each in granted]
    with clock.at(days.day(facts["first_paid"] - 1)):
        granting.keep_account_of_the_fund(account)
        for tranche, by in firsts:
            paying.request(tranche, by=by)
            paying.approve(tranche)
    paying.pay([tranche for tranche, _by in firsts], account, days=days, on=facts["first_paid"])


def _go_on(award: Award, each: Mapping[str, Any], days: Calendar) -> None:
    """What has happened since, as far as it has."""
    told = each["report"]
    with clock.at(days.day(told["sent"])):
        report = reporting.write(award, told, by=each["by"])
    if "feedback" in told:
        with clock.at(days.day(told["sent"] + 6)):
            reporting.accept(report, feedback=told["feedback"])
            reporting.publish(report, told["summaries"])
    if "second_asked" in each:
        with clock.at(days.day(each["second_asked"])):
            _ask_for_second(award, each)


def _ask_for_second(award: Award, each: Mapping[str, Any]) -> None:
    second = award.tranches.get(number=2)
    for condition in second.conditions.order_by("pk"):
        awarding.meet_condition(condition.pk, note=each["found"], by=holder(Role.OFFICER))
    paying.request(second, by=each["by"])
