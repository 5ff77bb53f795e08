from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from donations.gifts.models import Attempt, Gift
from donations.gifts.services.facts import bring_to_facts, lock_gift
from donations.gifts.services.reading import reread_gift
from donations.gifts.states import GiftState
from donations.stripe import gateway
from fundportal import clock
from fundportal.funds.models import StripeAccount
from fundportal.languages import pick
from fundportal.refusals import Refusal

TITLE_LENGTH = 200
MAY_PAY = (GiftState.DRAFT, GiftState.CHECKOUT_OPEN, GiftState.ABANDONED)


@dataclass(frozen=True)
class ReturnUrls:
    success: str
    cancel: str


def open_checkout(gift_id: int, *, return_urls: ReturnUrls) -> str:
    """The address of Stripe's payment page for this gift.

    While a page is open it is the same page, so a donor can never pay twice. A new attempt is made only after Stripe
    said that the last one is over. Raises Refusal (409) when the gift is paid, or the bank is working on it.
    """
    latest = Attempt.objects.filter(gift_id=gift_id).order_by("number").last()
    if latest is not None and latest.may_have_changed:
        reread_gift(gift_id)
    attempt = _attempt_to_show(gift_id, return_urls)
    return attempt.session_url if attempt.is_page_open else _ask_for_page(attempt)


@transaction.atomic
def _attempt_to_show(gift_id: int, return_urls: ReturnUrls) -> Attempt:
    """The attempt that is under way, or the next one, committed before Stripe hears of it."""
    gift = lock_gift(gift_id)
    if gift.has_money:
        raise Refusal(_("This gift has arrived already. Nothing more was charged."))
    if gift.state not in MAY_PAY:
        raise Refusal(_("Your bank is still working on this gift. We write as soon as it has arrived."))
    latest = gift.attempts.select_related("account").order_by("number").last()
    if latest is not None and (latest.is_page_open or latest.may_take_its_page_again):
        return latest
    return Attempt.objects.create(
        gift=gift,
        number=latest.number + 1 if latest else 1,
        account=_account_of(gift),
        title=_title_of(gift),
        success_url=return_urls.success,
        cancel_url=return_urls.cancel,
    )


def _account_of(gift: Gift) -> StripeAccount:
    account = gift.fund.stripe_accounts.order_by("pk").first()
    if account is None:
        raise Refusal(_("This fund cannot take gifts by card yet. Nothing was charged."))
    return account


def _title_of(gift: Gift) -> str:
    return pick(gift.campaign.titles, gift.language)[:TITLE_LENGTH] or gift.reference


def _ask_for_page(attempt: Attempt) -> str:
    """Outside any transaction: the attempt is committed, so a lost answer is asked for again under the same key."""
    gift = Gift.objects.select_related("donor", "campaign").get(pk=attempt.gift_id)
    order = gateway.CheckoutOrder(
        amount=gift.total,
        name=attempt.title,
        success_url=attempt.success_url,
        cancel_url=attempt.cancel_url,
        language=gift.language,
        metadata={"gift": str(gift.uuid), "attempt": str(attempt.number)},
        email=gift.donor.email,
    )
    key = gateway.call_key(gift.uuid, attempt.number, "checkout")
    session = gateway.create_checkout_session(order, key=key, account=attempt.account.account_id)
    return _keep_page(attempt.pk, session)


@transaction.atomic
def _keep_page(attempt_id: int, session: gateway.SessionFacts) -> str:
    """Stripe may have told us more of this page by now; what is known already is not overwritten."""
    gift_id = Attempt.objects.values_list("gift_id", flat=True).get(pk=attempt_id)
    gift = lock_gift(gift_id)
    attempt = Attempt.objects.get(pk=attempt_id)
    attempt.session_id = session.id
    attempt.session_url = session.url
    if attempt.may_take_its_page_again:
        attempt.session_state = session.status
        attempt.expires_at = session.expires_at
        attempt.changed_at = clock.now()
    attempt.save()
    bring_to_facts(gift)
    return attempt.session_url
