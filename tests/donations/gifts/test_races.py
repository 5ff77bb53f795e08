"""Two people at once, on PostgreSQL: the second waits for the first. Each test has a canary without its guard."""

import uuid

import pytest
from django.db import connection

from donations.campaigns.models import Campaign
from donations.gifts.models import Gift, Refund
from donations.gifts.services import facts, refunds, start_gift
from donations.gifts.states import GiftState, RefundState
from fundportal.access import Role
from fundportal.accounts.models import User
from fundportal.audit.models import Entry
from fundportal.money import Money
from fundportal.refusals import Refusal
from tests.donations.gifts.conftest import facts_for
from tests.factories.gifts import make_campaign, make_gift, make_refund
from tests.factories.people import make_person
from tests.support.sessions import is_waiting, meanwhile

pytestmark = pytest.mark.postgres


def without_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The canary: the same acts on rows that nobody locked."""

    def read_gift(gift_id: int) -> Gift:
        return Gift.objects.select_related("fund", "campaign", "purpose").get(pk=gift_id)

    def read_refund(refund_id: int) -> Refund:
        return Refund.objects.select_related("gift__fund").get(pk=refund_id)

    monkeypatch.setattr(facts, "lock_gift", read_gift)
    monkeypatch.setattr(refunds, "lock_gift", read_gift)
    monkeypatch.setattr(refunds, "lock_refund", read_refund)


@pytest.fixture
def campaign(committed_db: object) -> Campaign:
    return make_campaign()


@pytest.fixture
def checkers(campaign: Campaign) -> list[User]:
    return [make_person("", Role.FINANCE_CHECKER, fund=campaign.fund) for _number in range(2)]


def approvals(refund: Refund) -> int:
    return Entry.objects.filter(action="refunds.approve", subject_id=str(refund.pk)).count()


def test_two_people_approve_the_same_refund_once(campaign, checkers):
    refund = make_refund(make_gift(campaign, state=GiftState.RECEIVED))

    with meanwhile(lambda: refunds.approve_refund(refund.pk, by=checkers[1])) as (made, thread):
        refunds.approve_refund(refund.pk, by=checkers[0])
        assert is_waiting(thread)

    assert isinstance(made[0], Refusal)
    assert approvals(refund) == 1
    assert Refund.objects.get().decided_by == checkers[0]


def test_canary_without_the_lock_both_read_it_as_waiting(campaign, checkers, monkeypatch):
    """The second writes over the first: two approvals of one refund, and Stripe would be told twice."""
    without_locks(monkeypatch)
    refund = make_refund(make_gift(campaign, state=GiftState.RECEIVED))

    with meanwhile(lambda: refunds.approve_refund(refund.pk, by=checkers[1])) as (made, thread):
        refunds.approve_refund(refund.pk, by=checkers[0])
        is_waiting(thread)

    assert made[0].state == RefundState.APPROVED
    assert approvals(refund) == 2


def ask(gift: Gift, by: User) -> Refund:
    return refunds.request_refund(gift.pk, amount=Money(6_000, "USD"), reason="Asked for.", by=by)


@pytest.mark.parametrize("is_guarded", [True, False], ids=["locked", "canary"])
def test_two_requests_at_once_stay_within_what_was_paid(campaign, monkeypatch, is_guarded):
    if not is_guarded:
        without_locks(monkeypatch)
    gift = make_gift(campaign, state=GiftState.RECEIVED)
    maker = make_person("Mira Maker", Role.FINANCE_MAKER, fund=campaign.fund)

    with meanwhile(lambda: ask(gift, maker)) as (made, thread):
        ask(gift, maker)
        assert is_waiting(thread) is is_guarded

    assert isinstance(made[0], Refusal) is is_guarded
    assert Refund.objects.count() == (1 if is_guarded else 2)


@pytest.mark.parametrize("is_guarded", [True, False], ids=["unique", "canary"])
def test_two_clicks_at_once_are_one_gift(campaign, is_guarded):
    if not is_guarded:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE gifts_gift DROP CONSTRAINT one_form_sent_twice_is_one_gift")
    key = uuid.uuid4()
    start_gift(campaign.pk, facts=facts_for(campaign), form_key=uuid.uuid4())

    with meanwhile(lambda: start_gift(campaign.pk, facts=facts_for(campaign), form_key=key)) as (made, thread):
        first = start_gift(campaign.pk, facts=facts_for(campaign), form_key=key)
        assert is_waiting(thread) is is_guarded

    assert (made[0] == first) is is_guarded
    assert Gift.objects.filter(form_key=key).count() == (1 if is_guarded else 2)
