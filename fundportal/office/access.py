"""A person's way in as their page shows it: account, second keys, and what this reader may do about them."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fundportal.access import ALL, funds_where
from fundportal.accounts.models import FactorReset, User
from fundportal.accounts.queries import has_second_factor
from fundportal.accounts.services import why_not_approve_reset
from fundportal.office.roles import Action
from fundportal.waiting import Waiting


def access_facts(person: User) -> list[tuple[str, str]]:
    facts = [
        (_("Account"), _("Open") if person.is_active else _("Closed")),
        (_("Second key"), _("Set up") if has_second_factor(person) else _("None yet")),
    ]
    reset = open_reset(person)
    if reset:
        proposed = _("Proposed by %(name)s: %(reason)s") % {"name": reset.proposed_by, "reason": reset.reason}
        facts.append((_("Reset of second keys"), proposed))
    return facts


def access_actions(person: User, *, by: User) -> list[Action]:
    """Only for administrators of every fund; never about oneself."""
    if by.pk == person.pk or funds_where(by, "people.close") != ALL:
        return []
    if not person.is_active:
        return [Action(_("Open the account again"), reverse("office:person_reopen", args=[person.pk]), "plain small")]
    return [*_reset_actions(person, by), Action(_("Close the account"), _url("person_close", person.pk), "stop small")]


def open_reset(person: User) -> FactorReset | None:
    return FactorReset.objects.filter(person=person, ended_at=None).select_related("proposed_by").first()


def resets_to_approve(user: User) -> Iterator[Waiting]:
    """What another administrator proposed about a third person."""
    if funds_where(user, "factors.reset") != ALL:
        return
    waiting = FactorReset.objects.filter(ended_at=None).exclude(proposed_by=user.pk).exclude(person=user.pk)
    count = waiting.count()
    if count:
        sentence = ngettext(
            "%(count)s reset of second keys waits for a second person.",
            "%(count)s resets of second keys wait for a second person.",
            count,
        )
        first = waiting.order_by("proposed_at", "pk").values_list("person", flat=True)[0]
        yield Waiting(sentence % {"count": count}, _url("person", first), count)


def _reset_actions(person: User, by: User) -> Iterator[Action]:
    reset = open_reset(person)
    if reset:
        reason = why_not_approve_reset(reset, by)
        yield Action(_("Take the second keys away"), _url("reset_approve", reset.pk), "small", reason)
        yield Action(_("Take the proposal back"), _url("reset_withdraw", reset.pk), "plain small")


def _url(name: str, number: int) -> str:
    return reverse(f"office:{name}", args=[number])
