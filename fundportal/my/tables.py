from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fundportal.accounts.models import RoleGrant, User
from fundportal.accounts.states import RoleState
from fundportal.organisations.forms import country_name
from fundportal.organisations.models import Conflict, Membership, Organisation
from fundportal.templatetags.ledgers import Cell, Column, Ledger
from fundportal.templatetags.lists import Badge
from fundportal.templatetags.words import DAY_FORMAT


@dataclass(frozen=True)
class Action:
    """A button that posts to `url`; with a reason it is shown but cannot be pressed."""

    label: str
    url: str
    kind: str = "plain small"
    reason: str = ""


@dataclass(frozen=True)
class ShownMember:
    name: str
    email: str
    badge: Badge
    since: str
    actions: Sequence[Action] = ()


def organisation_facts(organisation: Organisation) -> list[tuple[str, str]]:
    """What it says of itself; what is not known is left out."""
    facts = [
        (_("What it is"), organisation.get_kind_display()),
        (_("Country"), country_name(organisation.country)),
        (_("City or town"), organisation.city),
        (_("Postal address"), ", ".join(organisation.address.split("\n"))),
        (_("Website"), organisation.website),
        *[(each.get_scheme_display(), each.value) for each in organisation.identifiers.all()],
    ]
    return [(term, value) for term, value in facts if value]


def organisations_table(memberships: Iterable[Membership]) -> Ledger:
    columns = [Column(_("Organisation")), Column(_("What it is")), Column(_("You"))]
    rows = [
        [
            Cell(each.organisation.name, url=reverse("my:organisation", args=[each.organisation_id])),
            Cell(each.organisation.get_kind_display()),
            Cell(rights_badge(is_signatory=each.is_signatory)),
        ]
        for each in memberships
    ]
    return Ledger(_("The organisations you work for"), columns, rows, has_hidden_caption=True)


def conflicts_table(conflicts: Iterable[Conflict]) -> Ledger:
    columns = [Column(_("Organisation")), Column(_("What ties you to it")), Column(_("Declared"))]
    rows = [
        [Cell(each.organisation.name), Cell(each.reason), Cell(date_format(each.declared_at, DAY_FORMAT))]
        for each in conflicts
    ]
    return Ledger(_("The organisations you keep away from"), columns, rows, has_hidden_caption=True)


def deputies_table(grants: Iterable[RoleGrant]) -> Ledger:
    columns = [Column(_("Deputy")), Column(_("Role")), Column(_("From")), Column(_("Last day")), Column(_("State"))]
    rows = [
        [
            Cell(each.user.full_name),
            Cell(each.get_role_display(), detail=each.fund.name if each.fund else _("every fund")),
            Cell(date_format(each.starts_on, DAY_FORMAT)),
            Cell(date_format(each.ends_on, DAY_FORMAT)),
            Cell(Badge(each.get_state_display(), "ok" if each.state == RoleState.ACTIVE else "wait")),
        ]
        for each in grants
    ]
    return Ledger(_("Who stands in for you"), columns, rows, has_hidden_caption=True)


def shown_members(organisation: Organisation, *, reader: User, signs: bool) -> list[ShownMember]:
    """`people` was prefetched by `own_organisations`; `signs` says whether the reader may sign."""
    signing = sum(each.is_signatory for each in organisation.people)
    return [
        ShownMember(
            each.user.full_name,
            each.user.email,
            rights_badge(is_signatory=each.is_signatory),
            date_format(each.joined_at, DAY_FORMAT),
            list(_member_actions(each, reader, signs=signs, is_last=each.is_signatory and signing == 1)),
        )
        for each in organisation.people
    ]


def shown_invitations(organisation: Organisation, *, signs: bool) -> list[ShownMember]:
    """As they were typed: the page does not tell whether the address was known."""
    return [
        ShownMember(
            each.full_name,
            each.email,
            Badge(_("Invited to sign") if each.is_signatory else _("Invited"), "wait"),
            date_format(each.invited_at, DAY_FORMAT),
            [Action(_("Take the invitation back"), reverse("my:invitation_withdraw", args=[each.pk]))] if signs else [],
        )
        for each in organisation.invited
    ]


def rights_badge(*, is_signatory: bool) -> Badge:
    return Badge(_("Signs"), "full") if is_signatory else Badge(_("Writes"))


def _member_actions(member: Membership, reader: User, *, signs: bool, is_last: bool) -> Iterable[Action]:
    reason = _("The only person who signs.") if is_last else ""
    if signs and member.is_signatory and not is_last:
        yield Action(_("Take away the right to sign"), reverse("my:member_writes", args=[member.pk]))
    elif signs and not member.is_signatory:
        yield Action(_("Let this person sign"), reverse("my:member_signs", args=[member.pk]))
    if member.user_id == reader.pk:
        yield Action(_("Leave"), reverse("my:member_end", args=[member.pk]), "stop small", reason)
    elif signs:
        yield Action(_("End this membership"), reverse("my:member_end", args=[member.pk]), "stop small", reason)
