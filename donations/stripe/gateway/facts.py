"""What Stripe said, as plain values: nothing of its library leaves the gateway."""

from dataclasses import dataclass, field
from datetime import datetime

from fundportal.money import Money


@dataclass(frozen=True)
class CheckoutOrder:
    """What a payment page shall ask for. The same order under the same key gives the same page.

    `metadata` holds uuids and numbers only, never a name. `expires_at` is between 30 minutes and 24 hours from now; a
    repeated call must name the same moment.
    """

    amount: Money
    name: str
    success_url: str
    cancel_url: str
    language: str
    metadata: dict[str, str]
    email: str = ""
    expires_at: datetime | None = None


@dataclass(frozen=True)
class SessionFacts:
    """A payment page. `status` is open, complete or expired, `payment_status` paid or unpaid; `url` while open."""

    id: str
    status: str
    payment_status: str
    url: str
    amount: Money
    payment_intent_id: str
    expires_at: datetime
    created_at: datetime
    metadata: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class MoneyFacts:
    """A balance transaction: what moved in the account's own currency, signed as Stripe signs it."""

    id: str
    type: str
    gross: Money
    fee: Money
    net: Money
    source: str
    created_at: datetime
    available_on: datetime


@dataclass(frozen=True)
class PaymentFacts:
    """A payment intent with its latest charge. `decline_code` is the bank's plain word for the last refusal.

    `paid_at` and `charge_id` of a success; `money` is None until Stripe has booked it.
    """

    id: str
    status: str
    amount: Money
    received: Money
    refunded: Money
    decline_code: str
    charge_id: str
    card_last4: str
    paid_at: datetime | None
    money: MoneyFacts | None
    metadata: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class RefundFacts:
    """`status` is pending, requires_action, succeeded, failed or canceled; a failed one has money that came back."""

    id: str
    status: str
    amount: Money
    payment_intent_id: str
    charge_id: str
    failure_reason: str
    created_at: datetime
    money: MoneyFacts | None
    failure_money: MoneyFacts | None
    metadata: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class EventFacts:
    """An event from Stripe's own list, with the JSON it would have been delivered as."""

    id: str
    payload: bytes
