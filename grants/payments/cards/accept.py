"""What has to be there before a grant is accepted, and whether this person may say yes to it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from fundportal.accounts.models import User
from fundportal.lifecycle import why_not
from fundportal.organisations.queries import may_sign
from fundportal.templatetags.lists import Badge
from fundportal.templatetags.words import local_day
from grants.awards.models import Award
from grants.awards.states import AgreementState, AwardState
from grants.calls.cards import Action
from grants.payments.queries.accounts import why_not_accept
from grants.payments.queries.bank_pages import Accounts
from grants.payments.states import CHECKED
from grants.payments.tables.bank import Facts


@dataclass(frozen=True)
class Need:
    """One thing that has to be there; `url` is where the grantee sees to it."""

    badge: Badge
    words: str
    url: str = ""


def needs_of(award: Award, accounts: Accounts) -> list[Need]:
    is_signed = award.agreements.filter(state=AgreementState.EXECUTED).exists()
    is_known = any(each and each.state in CHECKED for each in (accounts.standing, accounts.coming))
    return [
        Need(
            _there(is_there=is_signed),
            _("The agreement, signed by both sides"),
            reverse("my_grants:grant", args=[award.reference]),
        ),
        Need(
            _there(is_there=is_known),
            _("Bank details that the fund has checked"),
            reverse("my_payments:bank", args=[award.organisation_id]),
        ),
    ]


def accept_action(award: Award, *, viewer: User) -> Action | None:
    """None once it is answered."""
    if award.state != AwardState.OFFERED:
        return None
    reason = " ".join(why_not(award, "accept")) or why_not_accept(award)
    if not may_sign(viewer, award.organisation):
        reason = _("Somebody who signs for your organisation accepts it.")
    return Action(_("Accept the grant"), reverse("my_payments:accept", args=[award.reference]), "", reason)


def award_facts(award: Award) -> Facts:
    return [
        (_("Project"), award.title),
        (_("Amount"), award.amount),
        (_("Fund"), award.fund.name),
        (_("Starts"), local_day(award.starts_on)),
        (_("Ends"), local_day(award.ends_on)),
        (_("To be accepted by"), local_day(award.respond_by)),
    ]


def _there(*, is_there: bool) -> Badge:
    return Badge(_("There"), "ok") if is_there else Badge(_("Missing"), "wait")
