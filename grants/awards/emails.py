"""Letters to whoever signs for the grantee, in the language of the award."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format

from fundportal.mail.services import write
from fundportal.money import Money, format_money
from fundportal.organisations.queries import signatories
from fundportal.templatetags.words import DAY_FORMAT
from grants.awards.models import Agreement, Amendment, Award, Tranche, UnspentSettlement


def offered(award: Award) -> None:
    _tell("offered", award, key=f"award:{award.pk}:offered")


def agreement_sent(agreement: Agreement) -> None:
    """To be read, and approved word for word."""
    _tell("agreement_sent", agreement.award, key=f"agreement:{agreement.pk}:sent:{agreement.sha256}")


def agreement_to_sign(agreement: Agreement) -> None:
    _tell("agreement_to_sign", agreement.award, key=f"agreement:{agreement.pk}:to_sign")


def agreement_signed(agreement: Agreement) -> None:
    _tell("agreement_signed", agreement.award, key=f"agreement:{agreement.pk}:signed", sha256=agreement.sha256)


def award_ended(award: Award) -> None:
    """However it ended before its time; `reason` is empty where nobody answered."""
    with translation.override(award.language):
        standing = award.get_state_display()
    facts = {"standing": standing, "reason": award.end_reason, "has_lapsed": award.state == "lapsed"}
    _tell("ended", award, key=f"award:{award.pk}:ended", **facts)


def tranche_ready(tranche: Tranche) -> None:
    key = f"tranche:{tranche.pk}:ready:{tranche.round}"
    with translation.override(tranche.award.language):
        payment = _short(tranche.amount)
    _tell("tranche_ready", tranche.award, key=key, number=tranche.number, payment=payment)


def amendment_approved(amendment: Amendment, agreement: Agreement) -> None:
    """The new agreement is before the grantee; again after each new text of it."""
    key = f"amendment:{amendment.pk}:approved:{agreement.sha256}"
    _tell("amendment_approved", amendment.award, key=key, reason=amendment.reason)


def amendment_rejected(amendment: Amendment) -> None:
    _tell("amendment_rejected", amendment.award, key=f"amendment:{amendment.pk}:rejected", said=amendment.answer)


def amendment_applied(amendment: Amendment) -> None:
    """One that needed no signature."""
    _tell("amendment_applied", amendment.award, key=f"amendment:{amendment.pk}:applied", reason=amendment.reason)


def unspent_to_return(award: Award) -> None:
    left = award.unspent.to_return
    with translation.override(award.language):
        facts = {"left": _short(left)}
    _tell("unspent_to_return", award, key=f"award:{award.pk}:unspent:{left.minor}", **facts)


def unspent_returned(made: UnspentSettlement, award: Award) -> None:
    left = award.unspent.to_return
    with translation.override(award.language):
        facts = {"returned": _short(made.amount), "left": "" if left.is_zero else _short(left)}
    _tell("unspent_returned", award, key=f"settlement:{made.pk}", **facts)


def _tell(letter: str, award: Award, *, key: str, **facts: Any) -> None:
    with translation.override(award.language):
        words = {
            "award": award,
            "amount": _short(award.offered),
            "respond_by": date_format(award.respond_by, DAY_FORMAT),
            "url": settings.SITE_ORIGIN + reverse("my_grants:grant", args=[award.reference]),
        }
    for person in signatories(award.organisation):
        write(
            f"awards/{letter}",
            key=f"{key}:{person.pk}",
            to=person.email,
            language=award.language,
            fund=award.fund,
            context=words | facts,
        )


def _short(amount: Money) -> str:
    return format_money(amount, cents=not amount.is_whole)
