"""Whatever is done to an award, in any order: awarded is payable, at the bank or paid; its call knows what is left."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fundportal import clock
from fundportal.access import SYSTEM, Role
from fundportal.ledger.services import Line, post
from fundportal.refusals import Refusal
from grants.awards import services
from grants.awards.models import Award, AwardChange, Tranche
from grants.awards.queries import proofs
from grants.awards.services import Change, TrancheTerms
from grants.awards.services.locking import lock_tranche, make_tranche
from grants.awards.states import AwardState, TermKind, TrancheState
from grants.decisions.models import BudgetHold
from grants.decisions.queries.holds import agreed
from tests.factories import awards as factory
from tests.factories.awards import book_instruction, make_award, make_tranche_approval, person_of
from tests.factories.people import make_person
from tests.grants.awards.conftest import broken, usd

pytestmark = pytest.mark.django_db

S, T = AwardState, TrancheState
TO_THE_BANK = ("get_ready", "request", "approve", "instruct")

amounts = st.integers(min_value=1, max_value=700_000)
places = st.integers(min_value=0, max_value=2)
steps = st.one_of(
    st.tuples(st.just("raise"), amounts),
    st.tuples(st.just("lower"), amounts),
    st.tuples(st.just("plan"), amounts),
    st.tuples(st.sampled_from(["send", "arrive", "come_back", "fail", "cancel", "hold"]), places),
    st.tuples(st.sampled_from(["suspend", "resume", "terminate"]), st.none()),
)


class Story:
    """What people and the bank do to one award under way."""

    def __init__(self) -> None:
        self.award = make_award(state=S.ACTIVE)
        self.manager = make_person("Mara Manager", Role.MANAGER, fund=self.award.fund)
        self.second = make_person("Mina Manager", Role.MANAGER, fund=self.award.fund)
        self.officer = make_person("Omar Officer", Role.OFFICER, fund=self.award.fund)
        self.told = 0

    def do(self, name: str, what: int | None) -> None:
        """A step that is refused changes nothing."""
        try:
            with transaction.atomic():
                getattr(self, f"do_{name}")(what)
        except Refusal:
            return

    def do_raise(self, minor: int) -> None:
        """By a change that two people approve and both sides sign."""
        signatory = person_of(self.award, "grantee")
        whole = Change(TermKind.AMOUNT, amount=Award.objects.get(pk=self.award.pk).amount + usd(minor))
        facts = {"side": "grantee", "reason": "Asked for", "changes": [whole], "by": signatory}
        made = services.submit_amendment(services.propose_amendment(self.award.pk, **facts).pk, by=signatory)
        for by in (self.manager, self.second):
            made = services.approve_amendment(made.pk, version=made.version, by=by)
        agreement = made.agreement
        services.approve_agreement_text(agreement.pk, side="grantee", sha256=agreement.sha256, by=signatory)
        for side, by in (("grantee", signatory), ("fund", self.manager)):
            services.sign_agreement(agreement.pk, side=side, name_typed=by.full_name, factor="totp", by=by)

    def do_lower(self, minor: int) -> None:
        version = Award.objects.get(pk=self.award.pk).version
        facts = {"difference": usd(-minor), "reason": "Asked for", "version": version, "by": self.manager}
        services.change_amount(self.award.pk, **facts)

    def do_plan(self, minor: int) -> None:
        terms = TrancheTerms(usd(minor), clock.today("UTC"))
        services.add_tranche(self.award.pk, terms=terms, by=self.manager)

    def do_send(self, place: int) -> None:
        tranche = self._tranche(place)
        tranche.requested_by = person_of(self.award, "grantee")
        for _each in range(2):
            make_tranche_approval(tranche)
        for name in TO_THE_BANK:
            make_tranche(name, tranche, by=SYSTEM)
        book_instruction(tranche)

    def do_arrive(self, place: int) -> None:
        tranche = self._tranche(place)
        make_tranche("pay", tranche, by=SYSTEM)
        make_tranche("reconcile", tranche, by=SYSTEM)
        self._bank_line(Line("payments_in_transit:main", tranche.amount), Line("bank:main", -tranche.amount))

    def do_come_back(self, place: int) -> None:
        tranche = self._tranche(place)
        make_tranche("come_back", tranche, by=SYSTEM)
        self._bank_line(Line("bank:main", tranche.amount), Line(self.award.payable_account, -tranche.amount))

    def do_fail(self, place: int) -> None:
        tranche = self._tranche(place)
        make_tranche("fail", tranche, by=SYSTEM)
        transit = Line("payments_in_transit:main", tranche.amount)
        self._bank_line(transit, Line(self.award.payable_account, -tranche.amount))

    def do_cancel(self, place: int) -> None:
        services.cancel_tranche(self._tranche(place).pk, reason="Not needed", by=self.manager)

    def do_hold(self, place: int) -> None:
        services.hold_tranche(self._tranche(place).pk, reason="Late", by=self.officer)

    def do_suspend(self, _nothing: None) -> None:
        services.suspend_award(self.award.pk, reason="A question", by=self.manager)

    def do_resume(self, _nothing: None) -> None:
        services.resume_award(self.award.pk, by=self.manager)

    def do_terminate(self, _nothing: None) -> None:
        services.terminate_award(self.award.pk, reason="It stopped", by=self.manager)

    def _tranche(self, place: int) -> Tranche:
        found = list(Tranche.objects.filter(award=self.award).order_by("number"))
        if place >= len(found):
            raise Refusal("There is no such payment.")
        return lock_tranche(found[place].pk)

    def _bank_line(self, *lines: Line) -> None:
        self.told += 1
        source = ("bank_line", f"line-{self.told}")
        today = clock.today("UTC")
        post(fund=self.award.fund, kind="bank_line", source=source, lines=lines, by=SYSTEM, business_on=today)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(steps, min_size=4, max_size=16))
def test_awarded_is_payable_at_the_bank_or_paid_after_every_step(db, story):
    with transaction.atomic():
        told = Story()
        for name, what in story:
            told.do(name, what)
            assert broken() == {}
        award = Award.objects.get(pk=told.award.pk)
        assert agreed(award.application.stage.call) == award.amount
        transaction.set_rollback(True)


def test_a_whole_life_in_the_books():
    told = Story()
    for step in (
        ("plan", 600_000),
        ("send", 0),
        ("arrive", 0),
        ("lower", 100_000),
        ("plan", 300_000),
        ("terminate", None),
    ):
        told.do(*step)
    award = Award.objects.get(pk=told.award.pk)
    assert (award.state, award.amount) == (S.TERMINATED, usd(600_000))
    assert [change.amount.minor for change in AwardChange.objects.order_by("pk")] == [-100_000, -300_000]
    told.do("come_back", 0)
    told.do("cancel", 0)
    assert Award.objects.get(pk=award.pk).amount == usd(0)
    assert not BudgetHold.objects.get(decision=award.decision).is_committed
    assert broken() == {}


def told_by(check):
    return " ".join(check())


def test_a_row_that_disagrees_with_the_books_is_found():
    award = make_award(state=S.ACTIVE)
    Award.objects.filter(pk=award.pk).update(amount_minor=1)
    assert award.reference in told_by(proofs.awards_account_for_their_money)
    assert award.reference in told_by(proofs.amounts_are_offered_and_changed)


def test_a_payment_that_left_without_a_journal_is_found():
    tranche = factory.make_tranche(state=T.PAID)
    Tranche.objects.filter(pk=tranche.pk).update(amount_minor=1)
    assert tranche.award.reference in told_by(proofs.awards_account_for_their_money)


def test_payments_beyond_their_award_are_found():
    award = make_award(state=S.ACTIVE)
    factory.make_tranche(award)
    assert told_by(proofs.payments_stay_within_their_award) == ""
    factory.make_tranche(award, amount_minor=1)
    assert award.reference in told_by(proofs.payments_stay_within_their_award)


def test_money_that_is_held_beside_its_award_is_found():
    award = make_award()
    held = BudgetHold.objects.filter(decision=award.decision)
    held.update(ended_at=None, is_committed=False)
    assert award.reference in told_by(proofs.no_money_is_held_beside_an_award)
    fallen = make_award(state=S.LAPSED)
    BudgetHold.objects.filter(decision=fallen.decision).update(is_committed=True)
    assert fallen.reference in told_by(proofs.no_money_is_held_beside_an_award)
