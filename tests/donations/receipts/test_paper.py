"""The page, the PDF and the letter: the same facts, in the donor's language."""

import html
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from donations.gifts.models import Gift
from donations.gifts.states import GiftState
from donations.receipts import services
from donations.receipts.documents import receipt_pdf
from donations.receipts.models import Receipt
from donations.receipts.queries import paper, receipts_of_gift
from fundportal.access import Role
from fundportal.mail.models import Letter
from tests.donations.receipts.test_services import give_back
from tests.factories.people import make_person
from tests.support.pdf_text import pdf_text

AMOUNTS = ("$103.30", "$100.00", "$3.30")


def together(text: str) -> str:
    return "".join(html.unescape(text).split())


def page_of(client: Client, receipt: Receipt, language: str = "en") -> str:
    return client.get(f"/{language}/receipts/{receipt.token}/").content.decode()


def test_the_page_names_everything_a_tax_office_asks_for(client: Client, receipt: Receipt) -> None:
    answer = client.get(f"/en/receipts/{receipt.token}/")
    words = together(answer.content.decode())

    for expected in (
        *AMOUNTS,
        receipt.reference,
        receipt.written_code,
        "Thank you, Dana Demo.",
        "Harbour Sponsor, 1 Example Quay, Port Aurora, EIN\N{NO-BREAK SPACE}00-0000000",
        "Card ending 4242",
        "For help-line",
        "No goods or services were provided in exchange for this gift.",
    ):
        assert together(expected) in words
    assert "no-store" in answer["Cache-Control"]
    assert words.count("<h1") == 1


def test_page_pdf_and_letter_say_the_same(client: Client, receipt: Receipt) -> None:
    words = paper(receipt)
    printed = together(pdf_text(receipt_pdf(receipt)))
    shown = together(re.sub(r"<[^>]+>", "", page_of(client, receipt)))
    letter = Letter.objects.get()

    for text in (words.number, words.thanks, words.opening, words.total, words.wording, words.check):
        assert together(text) in printed
        assert together(text) in shown
    for label, value in words.rows:
        assert together(label) + together(value) in printed
        assert together(label) + together(value) in shown
        assert together(value) in together(letter.text_body)
    assert all(amount in letter.html_body for amount in AMOUNTS)


def test_the_pdf_is_the_same_each_time(client: Client, receipt: Receipt) -> None:
    first, second = (client.get(f"/en/receipts/{receipt.token}/pdf/") for _ in range(2))

    assert first.content == second.content
    assert first["Content-Type"] == "application/pdf"
    assert first["Content-Disposition"] == f'attachment; filename="receipt-harbour-{receipt.reference}.pdf"'


def test_what_is_printed_does_not_follow_later_changes(client: Client, receipt: Receipt) -> None:
    before = receipt_pdf(receipt)
    fund, donee, donor = receipt.fund, receipt.fund.legal_donee, receipt.gift.donor
    fund.names, donee.name, donor.name = {"en": "Renamed"}, "Somebody Else", "New Name"
    for each in (fund, donee, donor):
        each.save()
    fresh = Receipt.objects.get()

    assert receipt_pdf(fresh) == before
    assert "Harbour Sponsor" in page_of(client, fresh)


def test_a_french_donor_gets_french_numbers_and_days(client: Client, gift: Gift) -> None:
    Gift.objects.filter(pk=gift.pk).update(language="fr")
    receipt = services.issue_receipt(gift.pk)
    words = paper(receipt)
    letter = Letter.objects.get()

    assert words.total == "103,30\xa0$"
    assert re.fullmatch(r".* [a-zéû]+ \d{4}\.", words.opening)
    assert "103,30 $" in letter.subject
    assert f"/fr/receipts/{receipt.token}/" in letter.text_body
    assert together("103,30 $") in together(pdf_text(receipt_pdf(receipt)))
    assert b"/Lang (fr)" in receipt_pdf(receipt)
    assert 'lang="fr"' in page_of(client, receipt, "en")


def test_the_letter_leads_to_the_receipt(receipt: Receipt) -> None:
    letter = Letter.objects.get()

    assert letter.subject == f"Your receipt: $103.30 to the {receipt.snapshot['fund']}"
    assert letter.to_address == "dana@example.org"
    assert f"http://testserver/en/receipts/{receipt.token}/" in letter.html_body


@pytest.mark.parametrize(
    ("state", "minor", "words"),
    [
        (GiftState.REFUNDED, 10_330, "No longer in force: the gift went back to you in full."),
        (GiftState.PARTLY_REFUNDED, 1_000, "000002 replaces it."),
    ],
)
def test_a_receipt_out_of_force_says_so_on_page_and_pdf(
    client: Client, receipt: Receipt, state: str, minor: int, words: str
) -> None:
    give_back(receipt.gift, minor, state)
    services.follow_gift(receipt.gift_id)
    receipt = Receipt.objects.get(pk=receipt.pk)

    assert words in page_of(client, receipt)
    assert together(words) in together(pdf_text(receipt_pdf(receipt)))
    assert receipts_of_gift(receipt.gift_id)[-1] == receipt


def test_a_sandbox_receipt_says_that_it_proves_nothing(client: Client, receipt: Receipt) -> None:
    sentence = "it proves nothing to a tax office."

    assert sentence in page_of(client, receipt)
    assert together(sentence) in together(pdf_text(receipt_pdf(receipt)))
    assert sentence in Letter.objects.get().text_body


def test_real_money_makes_a_real_receipt(gift: Gift) -> None:
    gift.fund.stripe_accounts.update(is_live=True)
    receipt = services.issue_receipt(gift.pk)

    assert paper(receipt).practice == ""
    assert "sandbox" not in dict(paper(receipt).rows)["Paid with"]


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["nothing", "é", "%00", "a" * 300])
def test_an_unknown_address_is_not_found(client: Client, token: str) -> None:
    assert client.get(f"/en/receipts/{token}/").status_code == 404
    assert client.get(f"/en/receipts/{token}/pdf/").status_code == 404


def test_the_page_asks_the_database_little(client: Client, receipt: Receipt) -> None:
    page_of(client, receipt)  # once in the life of a process: which site this is
    with CaptureQueriesContext(connection) as asked:
        page_of(client, receipt)

    assert len(asked) <= 4


def test_the_office_opens_a_receipt_from_its_gift(client: Client, receipt: Receipt) -> None:
    client.force_login(make_person("Olga Demo", Role.OFFICER, fund=receipt.fund))
    page = client.get(f"/en/office/gifts/{receipt.gift.reference}/").content.decode()

    assert f"/en/receipts/{receipt.token}/" in page
    assert receipt.reference in page
