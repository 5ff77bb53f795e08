"""Campaigns, donors and gifts at any state: the only place that writes them without their services."""

import itertools
import uuid
from datetime import datetime
from typing import Any

from donations.campaigns.models import Campaign
from donations.donors.models import Donor
from donations.gifts.models import Attempt, Gift, Refund
from donations.gifts.states import (
    WITH_MONEY,
    GiftState,
    PaymentState,
    RefundState,
    SessionState,
)
from fundportal import clock
from fundportal.accounts.models import User
from fundportal.funds.models import Fund, Purpose, StripeAccount
from tests.factories.people import make_fund, make_person

_numbers = itertools.count(1)

PAYMENTS: dict[str, tuple[str, str]] = {
    GiftState.CHECKOUT_OPEN: (SessionState.OPEN, PaymentState.NONE),
    GiftState.PROCESSING: (SessionState.COMPLETE, PaymentState.PROCESSING),
    GiftState.ABANDONED: (SessionState.EXPIRED, PaymentState.NONE),
} | dict.fromkeys(WITH_MONEY, (SessionState.COMPLETE, PaymentState.SUCCEEDED))


def make_purpose(fund: Fund, code: str = "", **facts: Any) -> Purpose:
    code = code or f"purpose-{next(_numbers)}"
    return Purpose.objects.create(fund=fund, code=code, names={"en": f"For {code}", "fr": f"Pour {code}"}, **facts)


def make_campaign(fund: Fund | None = None, *, purposes: list[Purpose] | None = None, **facts: Any) -> Campaign:
    """Open, in US dollars, from $5 to $25,000, for one purpose; its fund has a Stripe account."""
    fund = fund or make_fund()
    code = facts.pop("code", f"campaign-{next(_numbers)}")
    defaults = {
        "titles": {"en": f"Campaign {code}", "fr": f"Campagne {code}"},
        "currency": "USD",
        "presets_minor": [2500, 5000, 10000],
        "minimum_minor": 500,
        "maximum_minor": 2_500_000,
        "goal_minor": 5_000_000,
    }
    campaign = Campaign.objects.create(fund=fund, code=code, **(defaults | facts))
    campaign.purposes.set(purposes if purposes is not None else [make_purpose(fund)])
    account_of(fund)
    return campaign


def account_of(fund: Fund) -> StripeAccount:
    return fund.stripe_accounts.first() or StripeAccount.objects.create(fund=fund, account_id=f"acct_{next(_numbers)}")


def make_donor(fund: Fund, name: str = "Dana Demo", **facts: Any) -> Donor:
    email = facts.pop("email", f"donor-{next(_numbers)}@example.org")
    return Donor.objects.create(fund=fund, name=name, email=email, **facts)


def make_gift(campaign: Campaign | None = None, *, state: str = GiftState.DRAFT, **facts: Any) -> Gift:
    """A gift of $100 at a state, with the attempt that explains it. Nothing of it stands in the books."""
    campaign = campaign or make_campaign()
    now = clock.now()
    dates = {
        "received_at": now if state in WITH_MONEY else None,
        "refunded_at": now if state in WITH_MONEY[1:] else None,
        "abandoned_at": now if state == GiftState.ABANDONED else None,
    }
    defaults = {
        "fund": campaign.fund,
        "purpose": campaign.purposes.order_by("pk").first(),
        "donor": facts.pop("donor", None) or make_donor(campaign.fund),
        "amount_minor": 10_000,
        "currency": campaign.currency,
        "form_key": uuid.uuid4(),
        "form_fingerprint": "0" * 64,
    }
    gift = Gift.objects.create(campaign=campaign, state=state, **(defaults | dates | facts))
    if state in PAYMENTS:
        make_attempt(gift, payment=PAYMENTS[state][1], session=PAYMENTS[state][0])
    if state in WITH_MONEY[1:]:
        whole = state == GiftState.REFUNDED
        make_refund(gift, state=RefundState.SUCCEEDED, amount_minor=gift.total.minor if whole else 1_000)
    return gift


def make_attempt(gift: Gift, *, payment: str = "", session: str = SessionState.OPEN, **facts: Any) -> Attempt:
    number = next(_numbers)
    paid = payment == PaymentState.SUCCEEDED
    defaults = {
        "number": gift.attempts.count() + 1,
        "account": account_of(gift.fund),
        "title": "A gift",
        "success_url": "https://example.org/thanks/",
        "cancel_url": "https://example.org/give/",
        "session_id": f"cs_test_{number}",
        "session_url": f"https://example.org/pay/{number}" if session == SessionState.OPEN else "",
        "intent_id": f"pi_{number}" if payment else "",
        "charge_id": f"ch_{number}" if paid else "",
        "paid_minor": gift.total.minor if paid else 0,
        "paid_at": clock.now() if paid else None,
    }
    return Attempt.objects.create(gift=gift, session_state=session, payment_state=payment, **(defaults | facts))


def make_refund(
    gift: Gift, *, state: str = RefundState.REQUESTED, asked_by: User | None = None, **facts: Any
) -> Refund:
    """A refund of $10 at a state, asked for by one person and decided by another."""
    now: datetime = clock.now()
    decided = state != RefundState.REQUESTED
    at_stripe = state in (RefundState.SENT, RefundState.SUCCEEDED, RefundState.FAILED)
    defaults = {
        "amount_minor": 1_000,
        "currency": gift.currency,
        "reason": "The donor asked for it.",
        "requested_by": asked_by or make_person(),
        "requested_at": now,
        "decided_by": make_person() if decided else None,
        "decided_at": now if decided else None,
        "stripe_id": f"re_{next(_numbers)}" if at_stripe else "",
        "sent_at": now if at_stripe else None,
        "settled_at": now if state in (RefundState.SUCCEEDED, RefundState.FAILED) else None,
    }
    return Refund.objects.create(gift=gift, state=state, **(defaults | facts))
