import hashlib
import json
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from donations.campaigns.models import Campaign
from donations.campaigns.queries import fee_cover
from donations.donors.services import donor_for
from donations.gifts.models import Gift
from donations.gifts.states import Visibility
from fundportal.access import SYSTEM, Actor, SystemActor
from fundportal.audit.services import record
from fundportal.funds.models import Purpose
from fundportal.languages import LANGUAGES
from fundportal.money import Money, currency, format_money
from fundportal.refusals import Refusal


@dataclass(frozen=True)
class GiftFacts:
    """What a donor typed. `visibility` is a word of `Visibility`."""

    amount: Money
    covers_fee: bool
    purpose_id: int
    donor_name: str
    donor_email: str
    visibility: str
    language: str

    @property
    def fingerprint(self) -> str:
        """The same for the same words, whatever the language of the page they were typed on."""
        words = [self.amount.minor, self.amount.currency, self.covers_fee, self.purpose_id]
        words += [self.donor_name, self.donor_email, self.visibility]
        return hashlib.sha256(json.dumps(words).encode()).hexdigest()


@transaction.atomic
def start_gift(campaign_id: int, *, facts: GiftFacts, form_key: uuid.UUID, by: Actor | SystemActor = SYSTEM) -> Gift:
    """The gift of this form. The same form sent twice is one gift; a form changed and sent again is another.

    Raises Refusal (422, with the field to mend, or 409 when the campaign is closed) and changes nothing then.
    """
    campaign = Campaign.objects.select_related("fund").get(pk=campaign_id)
    twin = Gift.objects.filter(form_key=form_key, form_fingerprint=facts.fingerprint).first()
    if twin is not None:
        return twin
    _check_open(campaign)
    _check_amount(campaign, facts.amount)
    purpose = _purpose(campaign, facts.purpose_id)
    gift, made = Gift.objects.get_or_create(
        form_key=form_key, form_fingerprint=facts.fingerprint, defaults=_columns(campaign, purpose, facts)
    )
    if made:
        record("gifts.start", gift, by=by, fund=campaign.fund, after=gift.state)
    return gift


def _columns(campaign: Campaign, purpose: Purpose, facts: GiftFacts) -> dict[str, object]:
    cover = fee_cover(campaign, facts.amount).minor if facts.covers_fee else 0
    return {
        "campaign": campaign,
        "fund": campaign.fund,
        "purpose": purpose,
        "donor": donor_for(campaign.fund_id, name=facts.donor_name, email=facts.donor_email),
        "amount_minor": facts.amount.minor,
        "fee_cover_minor": cover,
        "currency": facts.amount.currency,
        "visibility": facts.visibility if facts.visibility in Visibility.values else Visibility.HIDDEN,
        "language": facts.language if facts.language in LANGUAGES else LANGUAGES[0],
    }


def _check_open(campaign: Campaign) -> None:
    if not campaign.is_open:
        raise Refusal(_("This campaign takes no more gifts. Nothing was charged."))


def _check_amount(campaign: Campaign, amount: Money) -> None:
    if amount.currency != campaign.currency:
        sentence = _("Gifts to this campaign are made in %(currency)s.")
        raise Refusal(
            sentence % {"currency": currency(campaign.currency).name(get_language() or "en")},
            status=422,
            field="amount",
        )
    if amount.minor < campaign.minimum_minor:
        sentence = _("The smallest gift is %(amount)s. Type this or more.")
    elif amount.minor > campaign.maximum_minor:
        sentence = _("The largest gift by card is %(amount)s. To give more, write to %(address)s.")
    else:
        return
    bound = campaign.minimum if amount.minor < campaign.minimum_minor else campaign.maximum
    words = {"amount": format_money(bound, cents=not bound.is_whole), "address": campaign.fund.contact_email}
    raise Refusal(sentence % words, status=422, field="amount")


def _purpose(campaign: Campaign, purpose_id: int) -> Purpose:
    found = campaign.purposes.filter(pk=purpose_id, fund_id=campaign.fund_id).first()
    if found is None:
        raise Refusal(_("Choose from the list what your gift is for."), status=422, field="purpose")
    return found
