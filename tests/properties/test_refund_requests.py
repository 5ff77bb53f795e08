"""Whatever is asked, approved and refused in whatever order: what we give back never exceeds what arrived."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from donations.gifts import services
from donations.gifts.models import Gift, Refund
from donations.gifts.states import HOLDING, GiftState, RefundState
from fundportal.access import Role
from fundportal.money import Money
from fundportal.refusals import Refusal
from tests.factories.gifts import make_gift
from tests.factories.people import make_person

PAID = 10_000
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("ask"), st.integers(min_value=-100, max_value=PAID + 100)),
        st.tuples(st.sampled_from(["approve", "refuse"]), st.integers(min_value=0, max_value=5)),
    ),
    max_size=12,
)


def held(gift: Gift) -> int:
    return sum(refund.amount_minor for refund in Refund.objects.filter(gift=gift, state__in=HOLDING).order_by("pk"))


def decide(gift: Gift, act: str, position: int, checker) -> None:
    waiting = list(Refund.objects.filter(gift=gift, state=RefundState.REQUESTED).order_by("pk"))
    if position < len(waiting):
        decision = services.approve_refund if act == "approve" else services.refuse_refund
        decision(waiting[position].pk, by=checker)


def ask(gift: Gift, minor: int, maker) -> None:
    """Accepted exactly when it fits into what is neither given back nor promised back."""
    room = PAID - held(gift)
    try:
        services.request_refund(gift.pk, amount=Money(minor, "USD"), reason="Asked for.", by=maker)
    except Refusal:
        assert not 0 < minor <= room
    else:
        assert 0 < minor <= room


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_refunds_never_exceed_what_arrived(db, acts):
    with transaction.atomic():
        gift = make_gift(state=GiftState.RECEIVED)
        maker, checker = (make_person("Mira", Role.OFFICER), make_person("Che", Role.MANAGER))
        for act, number in acts:
            if act == "ask":
                ask(gift, number, maker)
            else:
                decide(gift, act, number, checker)
            assert 0 <= held(gift) <= PAID
        transaction.set_rollback(True)
