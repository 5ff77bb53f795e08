"""Letters about accounts and payments, in the language of the grant. No letter carries a whole account number."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format

from fundportal.accounts.models import User
from fundportal.mail.services import write
from fundportal.money import format_money
from fundportal.organisations.models import Membership, Organisation
from fundportal.organisations.queries import signatories
from fundportal.templatetags.words import DAY_FORMAT, time_of_day, zone_name
from grants.awards.models import Award
from grants.payments.models import BankDetails, Instruction


def tell_change(details: BankDetails, standing: BankDetails) -> None:
    """To everybody who signs now or signed when the account in use was given, also if they have left since."""
    then = Membership.objects.filter(
        Q(ended_at__isnull=True) | Q(ended_at__gt=standing.proposed_at),
        organisation=details.organisation_id,
        is_signatory=True,
        joined_at__lte=standing.proposed_at,
    )
    known = Q(pk__in=then.values("user")) | Q(pk=standing.proposed_by_id)
    told = User.objects.filter(known | Q(pk__in=signatories(details.organisation).values("pk")), is_active=True)
    _tell_of_details("payments/bank_changed", details, told.order_by("pk"), standing=standing)


def tell_checked(details: BankDetails) -> None:
    _tell_of_details("payments/bank_checked", details, _signing(details.organisation))


def tell_refused(details: BankDetails) -> None:
    _tell_of_details("payments/bank_refused", details, _signing(details.organisation))


def tell_accepted(award: Award) -> None:
    _tell_of_award("payments/accepted", award, key=f"accepted:{award.pk}")


def tell_sent(instruction: Instruction) -> None:
    """Once the payment stands on the fund's statement."""
    _tell_of_payment("payments/sent", instruction)


def tell_came_back(instruction: Instruction) -> None:
    """The bank refused it, or sent it back."""
    _tell_of_payment("payments/came_back", instruction)


def _tell_of_details(letter: str, details: BankDetails, told: QuerySet[User], **more: Any) -> None:
    newest = Award.objects.filter(organisation=details.organisation_id).order_by("-offered_at", "pk").first()
    language = newest.language if newest else "en"
    with translation.override(language):
        words = {
            "details": details,
            "used_from": _moment(details.effective_at, details.fund.time_zone),
            "url": settings.SITE_ORIGIN + reverse("my_payments:bank", args=[details.organisation_id]),
            **more,
        }
    for person in told:
        key = f"{letter}:{details.pk}:{person.pk}"
        write(letter, key=key, to=person.email, language=language, fund=details.fund, context=words)


def _tell_of_payment(letter: str, instruction: Instruction) -> None:
    award = instruction.tranche.award
    with translation.override(award.language):
        words = {
            "number": instruction.tranche.number,
            "amount": format_money(instruction.amount, cents=not instruction.amount.is_whole),
            "account": instruction.bank_details.masked,
            "obligation": instruction.obligation,
            "reason": instruction.end_reason,
        }
    _tell_of_award(letter, award, key=f"{letter}:{instruction.pk}", words=words)


def _tell_of_award(letter: str, award: Award, *, key: str, words: dict[str, Any] | None = None) -> None:
    url = settings.SITE_ORIGIN + reverse("my_payments:payments")
    context = {"award": award, "url": url, **(words or {})}
    for person in _signing(award.organisation):
        name = f"{key}:{person.pk}"
        write(letter, key=name, to=person.email, language=award.language, fund=award.fund, context=context)


def _moment(moment: datetime, zone: str) -> str:
    """In the active language."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{date_format(local, DAY_FORMAT)}, {time_of_day(local)} ({zone_name(zone)})"


def _signing(organisation: Organisation) -> QuerySet[User]:
    return signatories(organisation).filter(is_active=True).order_by("pk")
