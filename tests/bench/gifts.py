"""A campaign with so many gifts, donors, journals in the books and messages from Stripe."""

from donations.gifts.states import GiftState
from donations.stripe.models import Event, OutboundCall
from fundportal import clock
from fundportal.access import SYSTEM
from fundportal.ledger.services import Line, post
from fundportal.ledger.states import JournalKind
from fundportal.money import Money
from tests.bench.casting import cast, cast_journals
from tests.factories.gifts import account_of, make_campaign, make_gift


class Gifts:
    def __init__(self, fund) -> None:
        self.campaign = make_campaign(fund, code="measured-campaign", purposes=list(fund.purposes.all()))
        self.gift = make_gift(self.campaign, state=GiftState.RECEIVED)
        account = account_of(fund)
        now = clock.now()
        self.event = Event.objects.create(
            event_id="evt_mould",
            account=account.account_id,
            type="checkout.session.completed",
            api_version="",
            livemode=False,
            object_id="cs_test",
            payload=b"{}",
            happened_at=now,
            received_at=now,
        )
        self.asked = OutboundCall.objects.create(
            key="mould", op="checkout.session.create", account=account.account_id, digest="0"
        )
        lines = [
            Line(f"stripe:{account.account_id}", Money(9_700, "USD")),
            Line("fees", Money(300, "USD"), self.gift.purpose),
            Line("contributions", Money(-10_000, "USD"), self.gift.purpose),
        ]
        self.journal = post(
            fund=fund,
            kind=JournalKind.GIFT,
            source=("balance_transaction", "txn_mould"),
            lines=lines,
            by=SYSTEM,
            business_on=clock.today(fund.time_zone),
        )

    def grow(self, numbers: range) -> None:
        donors = cast(self.gift.donor, numbers, email=lambda number: f"measured-{number}@example.org")
        gifts = cast(
            self.gift,
            numbers,
            reference=lambda number: f"G-{number:05d}",
            donor=donors.get,
            form_fingerprint=lambda number: f"{number + 1:064d}",
        )
        (attempt,) = self.gift.attempts.all()
        ids = {
            name: (lambda number, name=name: f"{name}_{number}") for name in ("session_id", "intent_id", "charge_id")
        }
        cast(attempt, numbers, gift=gifts.get, **ids)
        cast_journals(self.journal, numbers, lambda number: f"txn_measured_{number}")
        cast(self.event, numbers, event_id=lambda number: f"evt_{number}")
        cast(self.asked, numbers, key=lambda number: f"asked:{number}")
