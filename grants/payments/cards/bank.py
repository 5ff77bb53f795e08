"""What the pages of bank details show: warnings first, then what this person may do and why not the rest."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from fundportal import clock
from fundportal.access import may
from fundportal.accounts.models import User
from fundportal.templatetags.lists import Badge, Moment
from fundportal.templatetags.words import local_time
from grants.calls.cards import Action
from grants.payments.models import BankDetails
from grants.payments.permissions import VERIFY_BANK
from grants.payments.states import PENDING, BankState
from grants.payments.tables.bank import Facts, ago, details_badge, masked_facts, moment_words


@dataclass(frozen=True)
class AccountCard:
    """One row of bank details as its organisation sees it."""

    badge: Badge
    facts: Facts
    sentence: str = ""


def standing_card(details: BankDetails | None) -> AccountCard | None:
    if details is None:
        return None
    since = local_time(details.activated_at, details.fund.time_zone)
    return AccountCard(details_badge(details), [*masked_facts(details), (_("In use since"), since)])


def coming_card(details: BankDetails | None) -> AccountCard | None:
    if details is None:
        return None
    facts = [*masked_facts(details), (_("Given by"), details.proposed_by.full_name)]
    return AccountCard(details_badge(details), facts, waiting_sentence(details))


def waiting_sentence(details: BankDetails) -> str:
    """What they wait for, in words: a check, some hours, or both."""
    is_checked, is_early = details.state == BankState.VERIFIED, clock.now() < details.effective_at
    words = {"moment": moment_words(details.effective_at, details.fund.time_zone)}
    if is_checked and is_early:
        return _("The fund has compared them with a paper of your bank. They count from %(moment)s.") % words
    if is_early:
        sentence = _("The fund compares them with a paper of your bank. They count from %(moment)s, not before.")
        return sentence % words
    return _("The fund compares them with a paper of your bank. They count from then on.")


def details_warnings(details: BankDetails) -> Iterator[str]:
    """For whoever verifies: a change is how money is stolen."""
    if details.state not in PENDING or not details.is_change:
        return
    words = {
        "person": details.proposed_by.full_name,
        "ago": ago(details.proposed_at),
        "moment": moment_words(details.effective_at, details.fund.time_zone),
    }
    sentence = _("%(person)s asked %(ago)s ago to be paid to another account. It counts from %(moment)s, not before.")
    yield sentence % words
    yield _("Call somebody who signs for the organisation, on a number you knew before, and ask whether it is theirs.")


def details_actions(details: BankDetails, *, viewer: User) -> list[Action]:
    """Refusing stands open until they are in use; the yes is a form of its own."""
    if details.state not in PENDING or not may(viewer, VERIFY_BANK, details.fund):
        return []
    label = _("Refuse these bank details")
    return [Action(label, reverse("payments:bank_refuse", args=[details.pk]), "stop small", is_link=True)]


def may_verify(details: BankDetails, *, viewer: User) -> bool:
    """By role; whether it may be this very person is said beside the button."""
    return details.state == BankState.PROPOSED and may(viewer, VERIFY_BANK, details.fund)


def why_not_verify(details: BankDetails, *, viewer: User) -> str:
    return _("You gave these bank details. Somebody else checks them.") if details.proposed_by_id == viewer.pk else ""


def details_moments(details: BankDetails) -> list[Moment]:
    return list(_moments(details))


def _moments(details: BankDetails) -> Iterator[Moment]:
    zone = details.fund.time_zone
    by = {"person": details.proposed_by.full_name}
    yield Moment(_("Given"), _("By %(person)s.") % by, details.proposed_at, zone=zone)
    if details.verified_at and details.verified_by:
        words = {"person": details.verified_by.full_name, "note": details.verify_note}
        yield Moment(_("Verified"), _("By %(person)s: “%(note)s”") % words, details.verified_at, zone=zone)
    if details.activated_at:
        yield Moment(_("In use"), "", details.activated_at, zone=zone)
    elif details.state in PENDING and details.is_change:
        yield Moment(_("In use at the earliest"), "", details.effective_at, "later", zone)
    elif details.state in PENDING:
        yield Moment(_("In use"), _("As soon as somebody has verified them."), state="later")
    if details.ended_at:
        title = _("Refused") if details.state == BankState.REFUSED else _("Replaced by newer ones")
        yield Moment(title, details.refuse_reason, details.ended_at, zone=zone)
