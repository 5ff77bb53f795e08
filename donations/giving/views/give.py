"""The give page: one form, sent once, answered by Stripe's payment page."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from donations.campaigns.models import Campaign
from donations.campaigns.queries import purposes_of
from donations.gifts.models import Gift
from donations.gifts.services import GiftFacts, open_checkout
from donations.gifts.states import Visibility
from donations.giving import abuse, queries, services, stamps
from donations.giving.amounts import first_choice, tile_value
from donations.giving.forms import GiveForm
from donations.giving.views.doors import return_urls, see_other, thanks_url, visitor
from fundportal.money import currency
from fundportal.money.formatting import currency_sign, locale_of
from fundportal.refusals import Refusal
from fundportal.tasks import after_commit

FIELDS = {"amount": "own", "purpose": "purpose", "donor_name": "name", "donor_email": "email"}
OK, UNPROCESSABLE = 200, 422


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, code: str) -> HttpResponse:
    campaign = queries.campaign_of(code)
    if not campaign.is_open:
        return render(request, "giving/closed.html", {"campaign": campaign, "fund": campaign.fund})
    if request.method == "POST":
        return _receive(request, campaign)
    purposes = purposes_of(campaign)
    wanted = {name: request.GET[name] for name in ("amount", "purpose") if request.GET.get(name)}
    unrestricted = next((each.code for each in purposes if each.is_unrestricted or len(purposes) == 1), "")
    usual = {"amount": first_choice(campaign), "purpose": unrestricted, "visibility": Visibility.HIDDEN}
    form = GiveForm(campaign=campaign, purposes=purposes, initial=usual | wanted)
    return _show(request, form, stamp=stamps.make(campaign.code))


@never_cache
@require_safe
def back(request: HttpRequest, code: str, uuid: UUID) -> HttpResponse:
    """Where Stripe sends who left its page: the filled form, continuing the same gift when nothing is changed."""
    campaign = queries.campaign_of(code)
    gift = queries.gift_of(campaign, uuid)
    after_commit("gifts.reread", gift.pk)
    if gift.has_money or not campaign.is_open:
        return see_other(thanks_url(gift))
    form = GiveForm(campaign=campaign, purposes=purposes_of(campaign), initial=_answers(gift))
    declined = queries.decline_of(gift)
    return _show(request, form, stamp=stamps.make(code, gift.form_key), came_back=True, declined=declined)


def _receive(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    form = GiveForm(request.POST, campaign=campaign, purposes=purposes_of(campaign))
    try:
        stamp = abuse.check_form(request.POST, campaign)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _show(request, form, stamp=stamps.make(campaign.code), status=refusal.status)
    if not form.is_valid():
        return _show(request, form, stamp=request.POST["stamp"], status=UNPROCESSABLE)
    try:
        who = visitor(request, form.cleaned_data["email"])
        gift = services.begin_gift(campaign, _facts(form), key=stamp.key, visitor=who)
        if gift.has_money:
            return see_other(thanks_url(gift))
        return see_other(open_checkout(gift.pk, return_urls=return_urls(request, gift)))
    except Refusal as refusal:
        form.add_error(FIELDS.get(refusal.field), str(refusal))
        return _show(request, form, stamp=request.POST["stamp"], status=refusal.status)


def _facts(form: GiveForm) -> GiftFacts:
    answers = form.cleaned_data
    return GiftFacts(
        amount=form.money,
        covers_fee=answers["covers_fee"],
        purpose_id=form.chosen_purpose.pk,
        donor_name=answers["name"],
        donor_email=answers["email"],
        visibility=answers["visibility"],
        language=get_language() or "en",
    )


def _answers(gift: Gift) -> dict[str, Any]:
    return {
        "amount": tile_value(gift.amount),
        "purpose": gift.purpose.code,
        "covers_fee": not gift.fee_cover.is_zero,
        "name": gift.donor.name,
        "email": gift.donor.email,
        "visibility": gift.visibility,
    }


def _show(request: HttpRequest, form: GiveForm, *, stamp: str, status: int = OK, **more: Any) -> HttpResponse:
    campaign = form.campaign
    page = {
        "form": form,
        "stamp": stamp,
        "trap": abuse.TRAP,
        "campaign": campaign,
        "fund": campaign.fund,
        "sums": queries.sums(campaign, form.amount_shown),
        "symbol": currency_sign(campaign.currency, locale_of()),
        "sample": queries.sample_of(campaign),
        "exponent": currency(campaign.currency).exponent,
        "came_back": False,
        "declined": None,
    }
    return render(request, "giving/give.html", page | more, status=status)
