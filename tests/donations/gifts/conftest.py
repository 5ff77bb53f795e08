"""A campaign with a donor's filled form, and a gift at the sandbox's payment page."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from donations.campaigns.models import Campaign
from donations.gifts import services
from donations.gifts.models import Gift
from fundportal.money import Money
from tests.factories.gifts import make_campaign
from tests.support.sandbox import StripeSandbox

URLS = services.ReturnUrls(success="http://localhost:8000/thanks/", cancel="http://localhost:8000/give/")


def facts_for(campaign: Campaign, **changes: Any) -> services.GiftFacts:
    typed = {
        "amount": Money(10_000, "USD"),
        "covers_fee": True,
        "purpose_id": campaign.purposes.order_by("pk")[0].pk,
        "donor_name": "Dana Demo",
        "donor_email": "dana@example.org",
        "visibility": "hidden",
        "language": "fr",
    }
    return services.GiftFacts(**(typed | changes))


@pytest.fixture
def campaign(db: None) -> Campaign:
    return make_campaign()


@pytest.fixture
def gift(campaign: Campaign) -> Gift:
    """$100 with $3.30 for the card fee, not paid yet."""
    return services.start_gift(campaign.pk, facts=facts_for(campaign), form_key=uuid.uuid4())


@pytest.fixture
def open_page(gift: Gift, sandbox: StripeSandbox) -> Callable[[], str]:
    """Opens the payment page and answers the id of its session."""

    def page() -> str:
        services.open_checkout(gift.pk, return_urls=URLS)
        return gift.attempts.order_by("number").last().session_id

    return page


@pytest.fixture
def paid_gift(gift: Gift, open_page: Callable[[], str], sandbox: StripeSandbox) -> Gift:
    sandbox.pay(open_page())
    return services.reread_gift(gift.pk)
