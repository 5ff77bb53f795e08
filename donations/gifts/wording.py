"""A gift's facts as pairs, and its moments as stops of the timeline."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from donations.gifts.models import Gift
from donations.gifts.queries import Moment
from fundportal.money import format_money
from fundportal.templatetags import lists
from fundportal.templatetags.words import local_time

ACTIONS = {
    "gifts.start": gettext_lazy("Gift begun"),
    "gifts.show_payment_page": gettext_lazy("Donor sent to the payment page"),
    "gifts.decline": gettext_lazy("Payment declined"),
    "gifts.wait_for_bank": gettext_lazy("Payment with the bank"),
    "gifts.abandon": gettext_lazy("Payment page left without paying"),
    "gifts.receive": gettext_lazy("Gift received"),
    "gifts.give_back_a_part": gettext_lazy("Part of a gift given back"),
    "gifts.give_back": gettext_lazy("Gift given back"),
    "gifts.keep_after_all": gettext_lazy("Gift kept after all"),
    "gifts.read_again": gettext_lazy("Gift read again from Stripe"),
    "refunds.request": gettext_lazy("Refund asked for"),
    "refunds.approve": gettext_lazy("Refund approved"),
    "refunds.refuse": gettext_lazy("Refund refused"),
    "refunds.send": gettext_lazy("Refund with Stripe"),
    "refunds.succeed": gettext_lazy("Refund paid"),
    "refunds.fail": gettext_lazy("Refund failed"),
    "refunds.found_at_stripe": gettext_lazy("Refund found at Stripe"),
}


def gift_facts(gift: Gift) -> list[tuple[str, object]]:
    facts: list[tuple[str, object]] = [
        (_("Donor"), gift.donor.name),
        (_("Email"), gift.donor.email),
        (_("Gift"), format_money(gift.amount)),
    ]
    if gift.fee_cover_minor:
        facts.append((_("Card fee, covered by the donor"), format_money(gift.fee_cover)))
    facts += [(_("Campaign"), gift.campaign.title), (_("For"), gift.purpose.name)]
    if gift.received_at:
        facts.append((_("Received"), local_time(gift.received_at, gift.fund.time_zone)))
    facts += [
        (_("Name in public"), gift.get_visibility_display()),
        (_("Language of the receipt"), dict(settings.LANGUAGES).get(gift.language, gift.language)),
    ]
    return facts


def _told(moment: Moment) -> str:
    if not moment.by:
        return moment.sentence
    return (_("%(sentence)s By %(person)s.") % {"sentence": moment.sentence, "person": moment.by}).strip()


def stops_of(moments: Iterable[Moment], zone: str) -> list[lists.Moment]:
    """What waits is drawn hollow; everything that happened, good or bad, is filled."""
    return [
        lists.Moment(
            title=moment.title,
            text=_told(moment),
            when=moment.at,
            state="later" if moment.kind == "wait" else "done",
            zone=zone,
        )
        for moment in moments
    ]
