"""The broker loses everything between the gift and the receipt: the sweepers finish the work."""

import pytest

from donations.gifts import services
from donations.gifts.models import Gift
from donations.gifts.states import GiftState
from donations.receipts.models import Receipt
from fundportal.celery import app
from fundportal.mail.models import Letter
from fundportal.mail.states import LetterState
from tests.donations.gifts.conftest import URLS, facts_for
from tests.factories.gifts import make_campaign


@pytest.mark.redis
def test_a_wiped_broker_loses_nothing(committed_db, sandbox, client, do_due_work):
    campaign = make_campaign()
    gift = services.start_gift(campaign.pk, facts=facts_for(campaign), form_key="7f1d9f8c-3f0e-4f57-9a2e-0a4b8d1f6c11")
    services.open_checkout(gift.pk, return_urls=URLS)
    sandbox.pay(Gift.objects.get().attempts.get().session_id)
    assert set(sandbox.deliver(client)) == {200}
    assert app.control.purge() >= 1, "no bell was in the broker, so nothing was lost"

    assert Gift.objects.get().state == GiftState.CHECKOUT_OPEN, "the canary: without a bell nobody has worked yet"
    do_due_work()
    assert app.control.purge() >= 1, "the bells of the second leg are lost as well"
    do_due_work()

    assert Gift.objects.get().state == GiftState.RECEIVED
    assert Receipt.objects.count() == 1
    assert [letter.state for letter in Letter.objects.order_by("pk")] == [LetterState.SENT]
