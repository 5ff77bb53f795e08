"""The same form, sent by several requests at the same moment, is one gift and one payment page."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from donations.gifts.models import Attempt, Gift
from donations.stripe.models import OutboundCall
from tests.donations.giving.conftest import answers
from tests.factories.gifts import make_campaign, make_purpose
from tests.factories.people import make_fund
from tests.support.databases import CommittedDatabase
from tests.support.sandbox import StripeSandbox

pytestmark = pytest.mark.postgres
CLICKS = 6


def test_clicks_at_the_same_moment_are_one_gift(committed_db: CommittedDatabase, sandbox: StripeSandbox) -> None:
    fund = make_fund()
    campaign = make_campaign(fund, code="neighbours", purposes=[make_purpose(fund, "needed-most")])
    typed = answers(campaign)
    start = Barrier(CLICKS)

    def click(_number: int) -> tuple[int, str]:
        start.wait()
        try:
            answer = Client().post("/en/give/neighbours/", typed)
            return answer.status_code, answer.get("Location", "")
        finally:
            connection.close()

    with ThreadPoolExecutor(CLICKS) as pool:
        answered = list(pool.map(click, range(CLICKS)))

    assert Gift.objects.count() == 1
    assert Attempt.objects.count() == 1
    assert OutboundCall.objects.count() == 1
    assert {status for status, _ in answered} == {303}
    assert len({address for _, address in answered}) == 1
