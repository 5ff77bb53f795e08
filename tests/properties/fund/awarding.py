"""An award: offered, worded, signed by both, raised and lowered, suspended, ended; and its payments before the bank."""

from datetime import date, timedelta
from typing import Any

from fundportal import clock
from fundportal.money import Money
from fundportal.organisations.queries import signatories
from grants.applications.models import Application
from grants.applications.states import ApplicationState
from grants.awards import services
from grants.awards.models import Agreement, Award, Condition, ReportDue, Tranche
from grants.awards.services import AwardTerms, BudgetTerms, ConditionTerms, IndicatorTerms, ReportTerms, TrancheTerms
from grants.awards.states import (
    BEFORE_IT_RUNS,
    BEFORE_THE_BANK,
    OPEN_AGREEMENT,
    REPORT_DONE,
    RUNNING,
    UNPAID,
    AgreementState,
    AwardState,
    ConditionKind,
    IdentityFactor,
    ReportKind,
    Side,
    TrancheState,
)
from grants.decisions.models import Decision
from tests.properties.fund.acts import Lane, Luck, act
from tests.properties.fund.world import World

A, G, T = AwardState, AgreementState, TrancheState
WHY = "The partner has left."


def grantee(_world: World, pk: int) -> list[int]:
    return _signing(Award.objects.get(pk=pk))


def grantee_of(model: Any) -> Any:
    return lambda _world, pk: _signing(model.objects.select_related("award").get(pk=pk).award)


def _signing(award: Award) -> list[int]:
    return [person.pk for person in signatories(award.organisation)]


def terms_of(world: World, whole: Money) -> AwardTerms:
    """Half at once, half once the first report is accepted, in reports of a month and at the end."""
    today = clock.today(world.cast.fund.time_zone)
    first, second = whole.allocate([1, 1])
    form = world.cast.report_form.pk
    report = ConditionTerms(ConditionKind.REPORT_ACCEPTED, "The first report is accepted", report=1)
    step = ConditionTerms(ConditionKind.MILESTONE, "The kitchen is open")
    return AwardTerms(
        starts_on=today,
        ends_on=today + timedelta(days=90),
        respond_by=today + timedelta(days=21),
        tranches=(
            TrancheTerms(first, today + timedelta(days=3)),
            TrancheTerms(second, today + timedelta(days=40), (report, step)),
        ),
        reports=(
            ReportTerms(ReportKind.PROGRESS, today, today + timedelta(days=20), today + timedelta(days=31), form),
            ReportTerms(ReportKind.FINAL, today, today + timedelta(days=90), today + timedelta(days=100), form),
        ),
        indicators=(IndicatorTerms("People who found work", "people"),),
        budget=(BudgetTerms("A cook", first), BudgetTerms("Food", second)),
    )


def is_announced(world: World, pk: int) -> bool:
    application = Application.objects.get(pk=pk)
    return application.released_at is not None and not Award.objects.filter(application=pk).exists()


@act("application", ApplicationState.APPROVED, by="officers", when=is_announced, often=2)
def offer_the_award(world: World, pk: int, by: Any, luck: Luck) -> None:
    decision = Decision.objects.filter(application=pk, is_effective=True).first()
    whole = decision.amount if decision and decision.amount else Money(500_000, "USD")
    services.offer_award(pk, terms=terms_of(world, whole), by=by)


@act("award", A.OFFERED, by="officers", lane=Lane.DETOUR)
def offer_other_terms(world: World, pk: int, by: Any, luck: Luck) -> None:
    award = Award.objects.get(pk=pk)
    services.change_terms(pk, terms=terms_of(world, award.amount), version=award.version, by=by)


def lacks_an_agreement(_world: World, pk: int) -> bool:
    return not Agreement.objects.filter(award=pk, state__in=(*OPEN_AGREEMENT, G.EXECUTED)).exists()


@act("award", *BEFORE_IT_RUNS, *RUNNING, by="officers", when=lacks_an_agreement, often=2)
def word_the_agreement(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.prepare_agreement(pk, by=by)


@act("award", *RUNNING, by="officers", lane=Lane.DETOUR)
def word_a_newer_agreement(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.prepare_agreement(pk, by=by)


@act("agreement", G.DRAFTING, by="officers", lane=Lane.DETOUR)
def change_a_word_of_it(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.change_agreement(pk, text=f"{Agreement.objects.get(pk=pk).text}\nAnd so on.", by=by)


@act("agreement", G.DRAFTING, by="officers", often=2)
def send_the_agreement(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.send_agreement(pk, by=by)


@act("agreement", G.GRANTEE_REVIEW, by=grantee_of(Agreement), lane=Lane.DETOUR)
def ask_for_another_word(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.ask_for_change(pk, reason="Name the kitchen.", by=by)


@act("agreement", G.GRANTEE_REVIEW, by=grantee_of(Agreement), often=2)
def approve_the_agreement(world: World, pk: int, by: Any, luck: Luck) -> None:
    sha256 = Agreement.objects.get(pk=pk).sha256
    services.approve_agreement_text(pk, side=Side.GRANTEE, sha256=sha256, by=by)


def unsigned(side: str) -> Any:
    return lambda _world, pk: not Agreement.objects.get(pk=pk).signatures.filter(side=side).exists()


@act("agreement", G.AGREED, G.SIGNING, by=grantee_of(Agreement), when=unsigned(Side.GRANTEE), often=2)
def sign_for_the_grantee(world: World, pk: int, by: Any, luck: Luck) -> None:
    sign(pk, Side.GRANTEE, by)


@act("agreement", G.AGREED, G.SIGNING, by="managers", when=unsigned(Side.FUND), often=2)
def sign_for_the_fund(world: World, pk: int, by: Any, luck: Luck) -> None:
    sign(pk, Side.FUND, by)


def sign(pk: int, side: str, by: Any) -> None:
    services.sign_agreement(pk, side=side, name_typed=by.full_name, factor=IdentityFactor.TOTP, by=by)


@act("award", A.OFFERED, by=grantee, lane=Lane.END)
def decline_the_award(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.decline_award(pk, reason=WHY, by=by)


@act("award", *BEFORE_IT_RUNS, by="managers", lane=Lane.END)
def take_the_offer_back(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.rescind_award(pk, reason=WHY, by=by)


@act("award", A.ACTIVE, by="managers", lane=Lane.DETOUR)
def suspend_the_award(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.suspend_award(pk, reason=WHY, by=by)


@act("award", A.SUSPENDED, by="managers")
def let_the_award_go_on(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.resume_award(pk, by=by)


@act("award", *RUNNING, by="managers", lane=Lane.END)
def end_the_award_early(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.terminate_award(pk, reason=WHY, by=by)


@act("award", *RUNNING, by="managers", lane=Lane.DETOUR)
def raise_or_lower_the_award(world: World, pk: int, by: Any, luck: Luck) -> None:
    difference = Money(luck.choose((100_000, -100_000, 5_000_000)), "USD")
    version = Award.objects.get(pk=pk).version
    services.change_amount(pk, difference=difference, reason="Prices rose.", version=version, by=by)


@act("award", *RUNNING, by="managers", lane=Lane.DETOUR)
def plan_another_payment(world: World, pk: int, by: Any, luck: Luck) -> None:
    day: date = clock.today(world.cast.fund.time_zone) + timedelta(days=luck.number(1, 20))
    services.add_tranche(pk, terms=TrancheTerms(Money(100_000, "USD"), day), by=by)


def has_nothing_to_pay(_world: World, pk: int) -> bool:
    return not Tranche.objects.filter(award=pk, state__in=UNPAID).exists()


@act("award", A.ACTIVE, by="officers", when=has_nothing_to_pay)
def begin_to_close_the_award(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.begin_closing(pk, by=by)


def is_told_of(_world: World, pk: int) -> bool:
    return not ReportDue.objects.filter(award=pk).exclude(state__in=REPORT_DONE).exists()


@act("award", A.CLOSING, by="managers", when=is_told_of)
def close_the_award(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.close_award(pk, by=by)


def is_open(_world: World, pk: int) -> bool:
    condition = Condition.objects.select_related("tranche__award").get(pk=pk)
    is_done = condition.met_at or condition.waived_at or condition.tranche.award.state != A.ACTIVE
    return not is_done and condition.kind != ConditionKind.REPORT_ACCEPTED


@act("condition", by="officers", when=is_open)
def find_a_condition_met(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.meet_condition(pk, note="We were there.", by=by)


def is_unmet(_world: World, pk: int) -> bool:
    return Condition.objects.filter(pk=pk, met_at=None, waived_at=None).exists()


@act("condition", by="officers", when=is_unmet, lane=Lane.DETOUR)
def waive_a_condition(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.waive_condition(pk, reason="It opened without us.", by=by)


@act("tranche", T.READY, by=grantee_of(Tranche), often=2)
def ask_for_the_payment(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.request_tranche(pk, by=by)


def not_yet(world: World, pk: int) -> list[int]:
    tranche = Tranche.objects.get(pk=pk)
    said = set(tranche.approvals.filter(round=tranche.round).order_by("pk").values_list("by", flat=True))
    return [one for one in world.cast.office["managers"] + world.cast.office["checkers"] if one not in said]


@act("tranche", T.REQUESTED, by=not_yet, often=3)
def stand_for_the_payment(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.approve_tranche(pk, by=by)


@act("tranche", *BEFORE_THE_BANK, by="officers", lane=Lane.DETOUR)
def hold_the_payment(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.hold_tranche(pk, reason="We wait for a call.", by=by)


@act("tranche", T.ON_HOLD, by="officers")
def let_the_payment_go_on(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.release_tranche(pk, by=by)


@act("tranche", *UNPAID, by="managers", lane=Lane.END)
def give_the_payment_up(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.cancel_tranche(pk, reason=WHY, by=by)
