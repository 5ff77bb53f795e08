from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from donations.gifts.models import Gift, Refund
from donations.gifts.states import GiftState, RefundState
from donations.receipts import services, tasks
from donations.receipts.models import Receipt, ReceiptCounter
from donations.receipts.states import ReceiptState
from fundportal import clock
from fundportal.access import Role
from fundportal.audit.models import Entry
from fundportal.mail.models import Letter
from fundportal.refusals import NotAllowed, Refusal
from tests.factories.gifts import make_campaign, make_gift, make_refund
from tests.factories.people import make_person


def give_back(gift: Gift, minor: int, state: str) -> Refund:
    Gift.objects.filter(pk=gift.pk).update(state=state, refunded_at=clock.now())
    return make_refund(gift, state=RefundState.SUCCEEDED, amount_minor=minor)


def test_a_received_gift_gets_one_receipt_one_letter_and_one_audit_row(gift: Gift) -> None:
    first, second = services.issue_receipt(gift.pk), services.issue_receipt(gift.pk)

    assert first == second
    assert first.reference.endswith("-000001")
    assert Letter.objects.get().key == f"receipt:{first.pk}"
    assert Entry.objects.get(action="receipts.issue").subject_label == first.reference


@pytest.mark.parametrize("state", [GiftState.DRAFT, GiftState.CHECKOUT_OPEN, GiftState.PROCESSING, GiftState.ABANDONED])
def test_money_that_has_not_arrived_gets_none(db: None, state: str) -> None:
    gift = make_gift(state=state)
    tasks.issue(str(gift.pk))

    with pytest.raises(Refusal):
        services.issue_receipt(gift.pk)
    assert not Receipt.objects.exists()


def test_people_do_not_issue_receipts(gift: Gift) -> None:
    with pytest.raises(NotAllowed):
        services.issue_receipt(gift.pk, by=make_person("Fay Demo", Role.MANAGER, Role.FINANCE_CHECKER))


def test_numbers_run_in_each_fund_and_year(gift: Gift) -> None:
    campaign = gift.campaign
    other = make_campaign()
    references = []
    for year, where in [(2026, campaign), (2026, other), (2026, campaign), (2027, campaign)]:
        with clock.at(datetime(year, 7, 1, tzinfo=UTC)):
            references.append(services.issue_receipt(make_gift(where, state=GiftState.RECEIVED).pk).reference)

    assert references == ["2026-000001", "2026-000001", "2026-000002", "2027-000001"]


def test_the_year_is_the_one_in_the_zone_of_the_fund(gift: Gift) -> None:
    with clock.at(datetime(2027, 1, 1, 3, tzinfo=UTC)):
        receipt = services.issue_receipt(gift.pk)

    assert receipt.year == 2026
    assert receipt.snapshot["issued_on"] == "2026-12-31"


def test_a_receipt_that_is_rolled_back_leaves_no_gap(gift: Gift) -> None:
    def fail() -> None:
        with transaction.atomic():
            services.issue_receipt(gift.pk)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    assert services.issue_receipt(gift.pk).number == 1
    assert ReceiptCounter.objects.get().last_number == 1
    assert Letter.objects.count() == 1


def test_a_gift_given_back_in_full_voids_its_receipt_and_the_donor_is_told(receipt: Receipt) -> None:
    give_back(receipt.gift, 10_330, GiftState.REFUNDED)
    tasks.follow_refund(str(receipt.gift_id))
    tasks.follow_refund(str(receipt.gift_id))

    receipt = Receipt.objects.get(pk=receipt.pk)
    assert receipt.state == ReceiptState.VOIDED
    assert receipt.left_force_at is not None
    assert receipt.reference in Letter.objects.get(key=f"receipt-voided:{receipt.pk}").subject
    assert Letter.objects.count() == 2


def test_a_part_given_back_replaces_the_receipt_by_one_over_what_stays(receipt: Receipt) -> None:
    give_back(receipt.gift, 1_000, GiftState.PARTLY_REFUNDED)
    tasks.follow_refund(str(receipt.gift_id))

    receipt = Receipt.objects.get(pk=receipt.pk)
    newer = receipt.successor
    assert receipt.state == ReceiptState.REPLACED
    assert (newer.number, newer.total_minor, newer.snapshot["returned_minor"]) == (2, 9_330, 1_000)
    assert receipt.reference in Letter.objects.get(key=f"receipt:{newer.pk}").text_body


def test_a_refund_that_failed_after_all_brings_a_new_receipt(receipt: Receipt) -> None:
    refund = give_back(receipt.gift, 10_330, GiftState.REFUNDED)
    tasks.follow_refund(str(receipt.gift_id))
    Refund.objects.filter(pk=refund.pk).update(state=RefundState.FAILED)
    Gift.objects.filter(pk=receipt.gift_id).update(state=GiftState.RECEIVED, refunded_at=None)
    tasks.follow_refund(str(receipt.gift_id))

    newest = Receipt.objects.in_force().get()
    assert (newest.number, newest.total_minor, newest.predecessor) == (2, 10_330, receipt)


def test_a_receipt_of_a_standing_gift_cannot_be_voided_or_replaced(receipt: Receipt) -> None:
    for act in (services.void_receipt, services.replace_receipt):
        with pytest.raises(Refusal):
            act(receipt.pk)

    assert Receipt.objects.get().is_in_force


@pytest.mark.parametrize("state", [ReceiptState.VOIDED, ReceiptState.REPLACED])
def test_a_receipt_out_of_force_never_comes_back(receipt: Receipt, state: str) -> None:
    Receipt.objects.filter(pk=receipt.pk).update(state=state, left_force_at=clock.now())
    give_back(receipt.gift, 10_330, GiftState.REFUNDED)

    for act in (services.void_receipt, services.replace_receipt):
        with pytest.raises(Refusal):
            act(receipt.pk)


def test_the_sweeper_finds_what_no_bell_rang_for(receipt: Receipt) -> None:
    campaign = receipt.gift.campaign
    missing = make_gift(campaign, state=GiftState.RECEIVED)
    partly = make_gift(campaign, state=GiftState.RECEIVED)
    services.issue_receipt(partly.pk)
    give_back(partly, 1_000, GiftState.PARTLY_REFUNDED)
    give_back(partly, 2_000, GiftState.PARTLY_REFUNDED)
    give_back(receipt.gift, 10_330, GiftState.REFUNDED)
    make_gift(campaign, state=GiftState.PROCESSING)

    assert services.follow_gifts_left_behind() == 3
    assert services.follow_gifts_left_behind() == 0
    assert missing.receipts.get().is_in_force
    assert partly.receipts.in_force().get().total_minor == 7_000
    assert not receipt.gift.receipts.in_force().exists()


def test_the_database_keeps_receipts_as_they_were(receipt: Receipt) -> None:
    def refused(act) -> bool:
        try:
            with transaction.atomic():
                act()
        except DatabaseError:
            return True
        return False

    one = Receipt.objects.filter(pk=receipt.pk)
    assert refused(lambda: one.update(snapshot={}))
    assert refused(lambda: one.update(number=7))
    assert refused(lambda: one._raw_delete("default"))
    assert Receipt.objects.get().number == 1


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("a_gift_has_one_receipt_in_force", {"number": 2}),
        ("a_receipt_number_is_taken_once", {"state": ReceiptState.VOIDED, "left_force_at": clock.now()}),
        ("receipt_numbers_start_at_one", {"number": 0, "state": ReceiptState.VOIDED, "left_force_at": clock.now()}),
        ("a_receipt_is_for_more_than_nothing", {"number": 2, "total_minor": 0}),
        ("a_receipt_out_of_force_has_its_date", {"number": 2, "state": ReceiptState.VOIDED}),
        ("receipt_state_is_known", {"number": 2, "state": "lost", "left_force_at": clock.now()}),
    ],
)
def test_each_constraint_refuses_what_its_name_says(receipt: Receipt, name: str, facts: dict[str, object]) -> None:
    copied = ("fund_id", "year", "number", "gift_id", "language", "snapshot", "total_minor", "currency", "issued_at")
    columns = {column: getattr(receipt, column) for column in copied} | {"code": "X" * 10, "token": "another"}

    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Receipt.objects.create(**(columns | facts))
    # SQLite names the columns of a broken unique constraint instead of the constraint.
    assert name in str(refused.value) or "UNIQUE" in str(refused.value)


def test_officers_see_the_receipts_of_their_fund(receipt: Receipt) -> None:
    fund = receipt.fund
    officer = make_person("Olga Demo", Role.OFFICER, fund=fund)
    stranger = make_person("Sven Demo", Role.OFFICER, fund=make_campaign().fund)

    assert list(Receipt.objects.visible_to(officer)) == [receipt]
    assert not Receipt.objects.visible_to(stranger).exists()
