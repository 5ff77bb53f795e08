from urllib.parse import urlsplit

import pytest
from pytest_django.fixtures import Settings

from donations.campaigns.models import Campaign
from donations.gifts.models import Gift
from donations.giving import stamps
from donations.stripe.models import OutboundCall
from tests.donations.giving.conftest import Send, is_checked, text_of, value_of
from tests.factories.gifts import make_campaign
from tests.support.sandbox import StripeSandbox


def test_a_filled_form_leads_to_the_payment_page(send: Send, sandbox: StripeSandbox) -> None:
    answer = send(covers_fee="on", visibility="name", language="fr")
    gift = Gift.objects.get()

    assert answer.status_code == 303
    assert answer["Location"].startswith(sandbox.url)
    assert (gift.amount_minor, gift.fee_cover_minor, gift.language) == (10_000, 330, "fr")
    assert (gift.donor.name, gift.visibility, gift.purpose.code) == ("Dana Demo", "name", "needed-most")
    assert urlsplit(gift.attempts.get().success_url).path == f"/fr/give/neighbours/thanks/{gift.uuid}/"


@pytest.mark.parametrize(
    ("typed", "minor"),
    [("40", 4000), ("40.00", 4000), ("1,200", 120_000), ("$ 12.50", 1250), ("١٠٠", 10_000), (" 7 ", 700)],
)
def test_an_own_amount_is_read_as_people_write_it(send: Send, sandbox: StripeSandbox, typed: str, minor: int) -> None:
    assert send(amount="other", own=typed).status_code == 303
    assert Gift.objects.get().amount_minor == minor


def test_sending_the_same_form_twice_is_one_gift_and_one_payment_page(
    send: Send, sandbox: StripeSandbox, campaign: Campaign
) -> None:
    stamp = stamps.make(campaign.code)
    first, second = send(stamp=stamp), send(stamp=stamp)

    assert first["Location"] == second["Location"]
    assert Gift.objects.count() == 1
    assert OutboundCall.objects.count() == 1


def test_a_form_changed_and_sent_again_is_another_gift(send: Send, sandbox: StripeSandbox, campaign: Campaign) -> None:
    stamp = stamps.make(campaign.code)
    send(stamp=stamp)
    send(stamp=stamp, amount="25")

    assert sorted(Gift.objects.values_list("amount_minor", flat=True)) == [2500, 10_000]


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"amount": "other", "own": ""}, "own", "Type the amount you would like to give."),
        ({"amount": None}, "amount", "Choose an amount, or choose Other and type your own."),
        ({"amount": "other", "own": "4"}, "own", "The smallest gift is $5. Type 5 or more."),
        ({"amount": "other", "own": "25,000.01"}, "own", "By card we take up to $25,000 at once."),
        ({"amount": "100", "own": "40"}, "own", "You chose $100 and typed another amount."),
        ({"amount": "other", "own": "-5"}, "own", "minus"),
        ({"amount": "other", "own": "1e9"}, "own", "Type the amount in figures"),
        ({"amount": "1e9"}, "own", "Type the amount in figures"),
        ({"purpose": "of-another-fund"}, "purpose", "This campaign does not collect for that. Choose one of these."),
        ({"purpose": None}, "purpose", "Choose what your gift is for."),
        ({"name": "   "}, "name", "Type the name that shall stand on the receipt."),
        ({"name": "a" * 201}, "name", "A receipt has room for 200 letters of a name."),
        ({"name": "Da\x00na"}, "name", "Some characters did not arrive."),
        ({"name": "Da\N{REPLACEMENT CHARACTER}na"}, "name", "Some characters did not arrive."),
        ({"name": "Da\u202ena"}, "name", "Some characters did not arrive."),
        ({"email": "dana@example"}, "email", "Enter your email address with a full ending, like name@example.org"),
        ({"email": None}, "email", "Enter your email address with a full ending, like name@example.org"),
        ({"email": "a" * 250 + "@example.org"}, "email", "Enter your email address with a full ending"),
        ({"visibility": "loud"}, "visibility", "Choose whether your name may appear."),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_made(
    send: Send, changes: dict[str, str | None], field: str, sentence: str
) -> None:
    page = send(**changes)
    words = text_of(page)

    assert page.status_code == 422
    assert f'id="{field}-error"' in words
    assert sentence in words.split(f'id="{field}-error"')[1]
    assert words.count(sentence) == 2, "once in the summary, once at the field"
    assert "<title>Error: " in words
    assert not Gift.objects.exists()
    assert not OutboundCall.objects.exists()


def test_what_was_typed_stays(send: Send) -> None:
    page = send(
        amount="other", own="1e9", name="Žofie <b>", email="zofie@example", purpose="help-line", covers_fee="on"
    )

    assert value_of(page, "own") == "1e9"
    assert value_of(page, "name") == "Žofie &lt;b&gt;"
    assert value_of(page, "email") == "zofie@example"
    assert is_checked(page, "purpose", "help-line")
    assert 'name="covers_fee"' in text_of(page)
    assert " checked" in text_of(page).split('name="covers_fee"')[1].split(">")[0]


def test_a_purpose_of_another_fund_is_refused(send: Send) -> None:
    other = make_campaign()
    page = send(purpose=other.purposes.order_by("pk")[0].code)

    assert page.status_code == 422
    assert not Gift.objects.exists()


def test_when_the_payment_service_does_not_answer_nothing_is_lost(send: Send, campaign: Campaign) -> None:
    page = send()

    assert page.status_code == 503
    assert "does not answer" in text_of(page)
    assert value_of(page, "name") == "Dana Demo"
    assert value_of(page, "stamp")


def test_after_the_silence_the_same_form_continues_the_same_gift(
    send: Send, sandbox: StripeSandbox, settings: Settings
) -> None:
    settings.STRIPE_API_BASE = "http://127.0.0.1:1"
    silent = send()
    settings.STRIPE_API_BASE = sandbox.url
    answer = send(stamp=value_of(silent, "stamp"))

    assert silent.status_code == 503
    assert answer.status_code == 303
    assert Gift.objects.count() == 1
