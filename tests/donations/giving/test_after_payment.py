"""What a donor finds when the payment page lets them go."""

import pytest
from django.test import Client

from donations.campaigns.models import Campaign
from donations.gifts.models import Gift
from donations.gifts.services import reread_gift
from donations.gifts.states import GiftState, PaymentState
from donations.giving.declines import PLAIN_NO, SENTENCES, sentence
from donations.receipts.services import issue_receipt
from tests.donations.giving.conftest import Send, is_checked, text_of, value_of
from tests.factories.gifts import make_attempt, make_campaign, make_gift
from tests.support.sandbox import StripeSandbox


@pytest.fixture
def gift(send: Send, sandbox: StripeSandbox) -> Gift:
    """At the payment page, with the card cost and a name in public."""
    send(amount="other", own="40", covers_fee="on", visibility="name", purpose="help-line")
    return Gift.objects.get()


def session_of(gift: Gift) -> str:
    return gift.attempts.order_by("-number")[0].session_id


def path(gift: Gift, page: str) -> str:
    return f"/en/give/neighbours/{page}/{gift.uuid}/"


def test_the_thank_you_page_shows_the_receipt_once_there_is_one(
    client: Client, gift: Gift, sandbox: StripeSandbox
) -> None:
    sandbox.pay(session_of(gift))
    before = client.get(path(gift, "thanks"))
    reread_gift(gift.pk)
    arrived = client.get(path(gift, "thanks"))
    receipt = issue_receipt(gift.pk)
    proved = client.get(path(gift, "thanks"))

    assert "Your gift is on its way" in text_of(before)
    assert "Look again" in text_of(before)
    assert "Your gift arrived. Thank you." in text_of(arrived)
    assert f"/en/receipts/{receipt.token}/" in text_of(proved)
    assert "no-store" in proved["Cache-Control"]


def test_looking_changes_nothing(client: Client, gift: Gift, sandbox: StripeSandbox) -> None:
    sandbox.pay(session_of(gift))
    client.get(path(gift, "thanks"))
    client.get(path(gift, "back"))

    assert Gift.objects.get().state == GiftState.CHECKOUT_OPEN


def test_a_decline_is_explained_and_can_be_tried_again(client: Client, gift: Gift, sandbox: StripeSandbox) -> None:
    sandbox.pay(session_of(gift), "9995")
    reread_gift(gift.pk)
    page = text_of(client.get(path(gift, "thanks")))
    again = client.post(path(gift, "again"))

    assert str(SENTENCES["insufficient_funds"]) in page
    assert "Try again: $41.51" in page
    assert again.status_code == 303
    assert again["Location"].startswith(sandbox.url)


def test_who_comes_back_finds_the_form_filled_and_continues_the_same_gift(
    client: Client, gift: Gift, send: Send, sandbox: StripeSandbox
) -> None:
    page = client.get(path(gift, "back"))
    answer = send(
        stamp=value_of(page, "stamp"),
        amount="other",
        own=value_of(page, "own"),
        covers_fee="on",
        visibility="name",
        purpose="help-line",
    )

    assert "Nothing was taken." in text_of(page)
    assert (value_of(page, "own"), value_of(page, "name")) == ("40", "Dana Demo")
    assert is_checked(page, "visibility", "name")
    assert is_checked(page, "purpose", "help-line")
    assert answer.status_code == 303
    assert Gift.objects.count() == 1


def test_who_comes_back_after_a_decline_reads_why(client: Client, gift: Gift, sandbox: StripeSandbox) -> None:
    sandbox.pay(session_of(gift), "0069")
    reread_gift(gift.pk)

    assert str(SENTENCES["expired_card"]) in text_of(client.get(path(gift, "back")))


def test_an_expired_payment_page_is_followed_by_a_new_one(client: Client, gift: Gift, sandbox: StripeSandbox) -> None:
    first = session_of(gift)
    sandbox.expire(first)
    reread_gift(gift.pk)
    page = text_of(client.get(path(gift, "thanks")))
    client.post(path(gift, "again"))

    assert "The payment page was closed before you paid." in page
    assert session_of(gift) != first


def test_who_comes_back_after_all_was_paid_is_thanked(client: Client, gift: Gift, sandbox: StripeSandbox) -> None:
    sandbox.pay(session_of(gift))
    reread_gift(gift.pk)

    assert client.get(path(gift, "back"))["Location"] == path(gift, "thanks")
    assert client.post(path(gift, "again"))["Location"] == path(gift, "thanks")


def test_the_same_form_sent_after_it_was_paid_charges_nothing(
    client: Client, gift: Gift, send: Send, sandbox: StripeSandbox
) -> None:
    stamp = value_of(client.get(path(gift, "back")), "stamp")
    sandbox.pay(session_of(gift))
    reread_gift(gift.pk)
    answer = send(stamp=stamp, amount="other", own="40", covers_fee="on", visibility="name", purpose="help-line")

    assert answer["Location"] == path(gift, "thanks")
    assert gift.attempts.count() == 1


def test_when_stripe_is_silent_trying_again_says_so(client: Client, campaign: Campaign) -> None:
    gift = make_gift(campaign, state=GiftState.ABANDONED)
    page = client.post(path(gift, "again"))

    assert page.status_code == 503
    assert "does not answer" in text_of(page)


@pytest.mark.parametrize("state", list(GiftState))
def test_every_state_has_words(client: Client, campaign: Campaign, state: str) -> None:
    page = client.get(path(make_gift(campaign, state=state), "thanks"))

    assert page.status_code == 200
    assert page.content.count(b"<h1") == 1


def test_a_gift_of_another_campaign_is_not_found(client: Client, campaign: Campaign) -> None:
    elsewhere = make_gift(make_campaign())

    assert client.get(path(elsewhere, "thanks")).status_code == 404
    assert client.get(path(elsewhere, "back")).status_code == 404
    assert client.post(path(elsewhere, "again")).status_code == 404


def test_every_decline_has_one_plain_sentence(client: Client, campaign: Campaign) -> None:
    for code in [*SENTENCES, "stolen_card", "lost_card", "fraudulent", "never_heard_of"]:
        gift = make_gift(campaign)
        make_attempt(gift, payment=PaymentState.DECLINED, decline_code=code)
        assert str(sentence(code)).replace("'", "&#x27;") in text_of(client.get(path(gift, "thanks")))

    assert sentence("stolen_card") is PLAIN_NO
    assert all("Nothing was taken" in str(each) for each in SENTENCES.values())
