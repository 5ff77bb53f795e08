import pytest
from django.test import Client

from donations.gifts.states import GiftState
from donations.receipts import codes, services
from donations.receipts.models import Receipt
from donations.receipts.views import CHECKS
from tests.donations.receipts.test_services import give_back

PATH = "/en/check/"


def shown(client: Client, code: str) -> tuple[int, str]:
    page = client.post(PATH, {"code": code})
    return page.status_code, page.content.decode()


@pytest.mark.parametrize("spoil", [str, str.lower, lambda code: code.replace("-", " "), lambda code: f"  {code} "])
def test_a_code_shows_date_amount_and_fund_and_never_a_name(client: Client, receipt: Receipt, spoil) -> None:
    status, page = shown(client, spoil(receipt.written_code))

    assert status == 200
    assert "This receipt is genuine and in force." in page
    assert receipt.reference in page
    assert "$103.30" in page
    assert receipt.fund.name in page
    for secret in ("Dana", "dana@example.org", receipt.token, receipt.gift.reference, "4242", "help-line"):
        assert secret not in page


def test_a_receipt_out_of_force_is_genuine_but_no_longer_good(client: Client, receipt: Receipt) -> None:
    give_back(receipt.gift, 10_330, GiftState.REFUNDED)
    services.follow_gift(receipt.gift_id)
    status, page = shown(client, receipt.code)

    assert status == 200
    assert "no longer in force" in page
    assert "genuine and in force" not in page


def test_a_code_nobody_printed_is_not_found(client: Client, receipt: Receipt) -> None:
    status, page = shown(client, codes.new_code())

    assert status == 404
    assert "No receipt has this code." in page


@pytest.mark.parametrize("code", ["", "K7QF", "K7QF-29MX-4T", "\x00", "é" * 10, "٤" * 10, "K" * 5000, "<b>"])
def test_a_slip_of_the_finger_is_said_beside_the_box_and_kept(client: Client, receipt: Receipt, code: str) -> None:
    status, page = shown(client, code)

    assert status == 422
    assert 'id="id_code-error"' in page
    assert "<b>" not in page.split("<main")[1].split('name="code"')[1]


@pytest.mark.django_db
def test_guessing_is_slowed_down(client: Client) -> None:
    statuses = [shown(client, codes.new_code())[0] for _ in range(CHECKS["address"].times + 1)]

    assert statuses == [404] * CHECKS["address"].times + [429]


@pytest.mark.django_db
def test_the_page_is_there_for_everybody_in_both_languages(client: Client) -> None:
    for path in ("/en/check/", "/fr/check/"):
        assert client.get(path).status_code == 200


def test_a_receipt_says_where_to_check_it(client: Client, receipt: Receipt) -> None:
    page = client.get(f"/en/receipts/{receipt.token}/").content.decode()

    assert Receipt.objects.get().written_code in page
    assert "testserver/en/check/" in page
