"""Begins gifts of $25 to one campaign, opens their payment pages, and prints the pages' ids as JSON.

Runs in a process of its own against the storm's database; the first argument says how many.
"""

import json
import sys
import uuid

import django

django.setup()

from donations.gifts.models import Attempt
from donations.gifts.services import GiftFacts, ReturnUrls, open_checkout, start_gift
from fundportal.money import Money
from tests.factories.gifts import make_campaign

campaign = make_campaign()
urls = ReturnUrls(success="http://localhost:9/thanks/", cancel="http://localhost:9/give/")
for number in range(int(sys.argv[1])):
    facts = GiftFacts(
        amount=Money(2_500, "USD"),
        covers_fee=False,
        purpose_id=campaign.purposes.get().pk,
        donor_name="Dana Demo",
        donor_email=f"dana-{number}@example.org",
        visibility="hidden",
        language="en",
    )
    open_checkout(start_gift(campaign.pk, facts=facts, form_key=uuid.uuid4()).pk, return_urls=urls)
print(json.dumps(list(Attempt.objects.order_by("pk").values_list("session_id", flat=True))))  # noqa: T201  (read by the storm)
