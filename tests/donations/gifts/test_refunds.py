import uuid

import pytest

from donations.gifts import services
from donations.gifts.models import Gift, Refund
from donations.gifts.states import GiftState, RefundState
from donations.stripe import gateway
from fundportal.access import Role
from fundportal.audit.models import Entry
from fundportal.ledger import queries as books
from fundportal.ledger.invariants import check_invariants
from fundportal.money import Money
from fundportal.refusals import NotAllowed, Refusal
from tests.factories.gifts import make_gift, make_refund
from tests.factories.people import make_person


@pytest.fixture
def maker(campaign):
    return make_person("Mira Maker", Role.FINANCE_MAKER, fund=campaign.fund)


@pytest.fixture
def checker(campaign):
    return make_person("Che Checker", Role.FINANCE_CHECKER, fund=campaign.fund)


def asked(gift: Gift, maker, minor: int = 10_330, **facts) -> Refund:
    return services.request_refund(gift.pk, amount=Money(minor, "USD"), reason="Given twice.", by=maker, **facts)


def test_one_asks_another_approves_stripe_gives_back(paid_gift, maker, checker):
    refund = asked(paid_gift, maker)
    services.approve_refund(refund.pk, by=checker)

    services.send_refund(refund.pk)

    refund = Refund.objects.get()
    assert (refund.state, refund.requested_by, refund.decided_by) == (RefundState.SUCCEEDED, maker, checker)
    assert Gift.objects.get().state == GiftState.REFUNDED
    assert books.total(paid_gift.fund) == Money(0, "USD")
    assert books.total(paid_gift.fund, "fees") == Money(330, "USD")
    assert not any(check_invariants().values())
    told = Entry.objects.filter(action__startswith="refunds.").order_by("pk").values_list("action", flat=True)
    assert list(told) == ["refunds.request", "refunds.approve", "refunds.send", "refunds.succeed"]


def test_a_part_given_back_leaves_the_rest(paid_gift, maker, checker):
    refund = asked(paid_gift, maker, 3_000)
    services.approve_refund(refund.pk, by=checker)
    services.send_refund(refund.pk)

    gift = Gift.objects.get()
    assert (gift.state, gift.kept, gift.refundable) == (
        GiftState.PARTLY_REFUNDED,
        Money(7_330, "USD"),
        Money(7_330, "USD"),
    )


def test_telling_stripe_twice_gives_back_once(paid_gift, maker, checker):
    refund = asked(paid_gift, maker, 3_000)
    services.approve_refund(refund.pk, by=checker)

    services.send_refund(refund.pk)
    services.send_refund(refund.pk)

    assert books.total(paid_gift.fund) == Money(7_330, "USD")


def test_an_answer_lost_on_the_way_is_found_again(paid_gift, maker, checker, sandbox):
    refund = asked(paid_gift, maker, 3_000)
    services.approve_refund(refund.pk, by=checker)
    sandbox.chaos(fail=1)

    services.send_refund(refund.pk)

    assert Refund.objects.get().state == RefundState.SUCCEEDED
    assert books.total(paid_gift.fund) == Money(7_330, "USD")


def test_a_refund_that_stripe_will_not_take_has_failed_with_its_word(paid_gift, maker, checker):
    refund = asked(paid_gift, maker)
    services.approve_refund(refund.pk, by=checker)
    attempt = paid_gift.attempts.get()
    account = attempt.account.account_id
    gateway.create_refund(attempt.intent_id, paid_gift.paid, key="by hand", metadata={}, account=account)

    services.send_refund(refund.pk)

    refund = Refund.objects.get(pk=refund.pk)
    assert (refund.state, refund.failure_reason) == (RefundState.FAILED, "charge_already_refunded")


def test_a_refund_stays_with_stripe_while_it_is_pending_and_may_still_fail(paid_gift, maker, checker, sandbox):
    sandbox.chaos(pending_refunds=True)
    refund = asked(paid_gift, maker)
    services.approve_refund(refund.pk, by=checker)
    sent = services.send_refund(refund.pk)
    assert (sent.state, Gift.objects.get().state) == (RefundState.SENT, GiftState.RECEIVED)

    sandbox.settle_refund(sent.stripe_id, "failed")
    gift = services.reread_gift(paid_gift.pk)

    assert Refund.objects.get().failure_reason == "expired_or_canceled_card"
    assert (gift.state, gift.refundable) == (GiftState.RECEIVED, gift.paid)


@pytest.mark.parametrize("act", [services.approve_refund, services.refuse_refund])
def test_whoever_asked_does_not_decide_whatever_their_roles(paid_gift, act):
    both = make_person("Bo Both", Role.FINANCE_MAKER, Role.FINANCE_CHECKER, Role.MANAGER, fund=paid_gift.fund)
    refund = asked(paid_gift, both)

    with pytest.raises(Refusal, match="Somebody else has to decide"):
        act(refund.pk, by=both)

    assert Refund.objects.get().state == RefundState.REQUESTED


def test_a_refusal_frees_what_was_set_aside(paid_gift, maker, checker):
    refund = asked(paid_gift, maker)
    assert Gift.objects.get().refundable.is_zero

    services.refuse_refund(refund.pk, by=checker)

    assert Gift.objects.get().refundable == paid_gift.paid


def test_a_decision_is_made_once(paid_gift, maker, checker):
    refund = asked(paid_gift, maker)
    services.refuse_refund(refund.pk, by=checker)

    with pytest.raises(Refusal, match="stands at"):
        services.approve_refund(refund.pk, by=checker)


def test_requests_together_never_exceed_what_was_paid(paid_gift, maker):
    asked(paid_gift, maker, 10_000)

    with pytest.raises(Refusal, match=r"up to \$3\.30") as refused:
        asked(paid_gift, maker, 331)

    assert (refused.value.status, refused.value.field) == (422, "amount")
    assert asked(paid_gift, maker, 330).amount_minor == 330


@pytest.mark.parametrize(
    ("amount", "reason", "field"),
    [
        (Money(0, "USD"), "Why", "amount"),
        (Money(-5, "USD"), "Why", "amount"),
        (Money(5, "EUR"), "Why", "amount"),
        (Money(5, "USD"), "  ", "reason"),
        (Money(5, "USD"), "x" * 501, "reason"),
    ],
)
def test_what_cannot_be_asked_for_is_said_beside_its_field(paid_gift, maker, amount, reason, field):
    with pytest.raises(Refusal) as refused:
        services.request_refund(paid_gift.pk, amount=amount, reason=reason, by=maker)

    assert (refused.value.status, refused.value.field) == (422, field)
    assert not Refund.objects.exists()


def test_two_clicks_are_one_request(paid_gift, maker):
    key = uuid.uuid4()

    assert asked(paid_gift, maker, 100, key=key) == asked(paid_gift, maker, 100, key=key)


def test_a_gift_that_never_arrived_is_not_given_back(campaign, maker):
    with pytest.raises(Refusal, match="has not arrived"):
        asked(make_gift(campaign, state=GiftState.PROCESSING), maker)


def test_roles_of_another_fund_neither_ask_nor_decide(paid_gift, maker):
    stranger = make_person("Sam Stranger", Role.FINANCE_MAKER, Role.FINANCE_CHECKER, fund=make_gift().fund)
    with pytest.raises(NotAllowed):
        asked(paid_gift, stranger)
    with pytest.raises(NotAllowed):
        services.approve_refund(asked(paid_gift, maker).pk, by=stranger)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.EDITOR, Role.PEOPLE_ADMIN, Role.FINANCE_CHECKER])
def test_only_officer_and_finance_maker_ask(paid_gift, role):
    with pytest.raises(NotAllowed):
        asked(paid_gift, make_person("", role))


def test_a_superuser_flag_gives_nothing(paid_gift, maker):
    with pytest.raises(NotAllowed):
        services.approve_refund(asked(paid_gift, maker).pk, by=make_person("Su User", is_superuser=True))


def test_a_sent_refund_is_not_sent_again(paid_gift):
    refund = make_refund(paid_gift, state=RefundState.SENT)

    assert services.send_refund(refund.pk).state == RefundState.SENT
