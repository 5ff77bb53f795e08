"""What the office may do with an award now, and why not the rest: the award, its agreement, each payment."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fundportal import clock
from fundportal.access import may
from fundportal.accounts.models import User
from fundportal.lifecycle import why_not
from fundportal.templatetags.lists import Badge
from grants.awards.badges import condition_badge, tranche_badge
from grants.awards.models import Agreement, Award, Condition, Tranche
from grants.awards.permissions import AMEND, APPROVE_TRANCHE, CHANGE, END, MANAGE, OFFER, SIGN
from grants.awards.plain_words import tranche_words
from grants.awards.states import (
    BEFORE_IT_RUNS,
    BEFORE_THE_BANK,
    OPEN_AGREEMENT,
    RUNNING,
    SETTLED,
    UNPAID,
    AgreementState,
    AwardState,
    ConditionKind,
    Side,
    TrancheState,
)
from grants.awards.tables import short
from grants.calls.cards import Action

S = AwardState
# name, permission, label, kind of button, whether it asks first
MOVES: dict[str, tuple[tuple[str, str, object, str, bool], ...]] = {
    S.OFFERED: (("rescind", END, gettext_lazy("Take the offer back"), "stop", True),),
    S.ACCEPTED: (("rescind", END, gettext_lazy("Take the offer back"), "stop", True),),
    S.ACTIVE: (
        ("begin_closing", MANAGE, gettext_lazy("Begin to close it"), "plain", False),
        ("suspend", END, gettext_lazy("Suspend it"), "stop", True),
        ("terminate", END, gettext_lazy("End it early"), "stop", True),
    ),
    S.SUSPENDED: (
        ("resume", END, gettext_lazy("Let it go on"), "", False),
        ("terminate", END, gettext_lazy("End it early"), "stop", True),
    ),
    S.CLOSING: (
        ("close", END, gettext_lazy("Close it"), "", False),
        ("terminate", END, gettext_lazy("End it early"), "stop", True),
    ),
}


@dataclass(frozen=True)
class ConditionLine:
    condition: Condition
    badge: Badge
    detail: str
    actions: list[Action]


@dataclass(frozen=True)
class TrancheCard:
    """`sentence` says in plain words where it stands."""

    tranche: Tranche
    title: str
    badge: Badge
    sentence: str
    conditions: list[ConditionLine]
    actions: list[Action]


def award_actions(award: Award, agreement: Agreement | None, *, viewer: User) -> list[Action]:
    """Moves that the reader's role does not have are left out, not greyed."""
    return list(_award_actions(award, agreement, viewer))


def agreement_actions(award: Award, agreement: Agreement | None, *, viewer: User) -> list[Action]:
    return list(_agreement_actions(award, agreement, viewer))


def tranche_cards(award: Award, *, viewer: User) -> list[TrancheCard]:
    """For the office; reads the prefetched rows."""
    return [
        tranche_card(one, actions=list(_tranche_actions(one, viewer)), viewer=viewer) for one in award.tranches.all()
    ]


def tranche_card(tranche: Tranche, *, actions: list[Action], viewer: User | None = None) -> TrancheCard:
    """Without a `viewer` its conditions are shown and nothing can be done about them."""
    words = {"number": tranche.number, "amount": short(tranche.amount)}
    return TrancheCard(
        tranche,
        _("Payment %(number)s: %(amount)s") % words,
        tranche_badge(tranche),
        tranche_words(tranche),
        [_condition_line(tranche, one, viewer) for one in tranche.conditions.all()],
        actions,
    )


def _award_actions(award: Award, agreement: Agreement | None, viewer: User) -> Iterator[Action]:
    is_signed = agreement is not None and agreement.state in (AgreementState.SIGNING, AgreementState.EXECUTED)
    place = [award.reference]
    if award.state == S.OFFERED and not is_signed and may(viewer, OFFER, award.fund):
        yield Action(_("Change the terms"), reverse("awards:terms", args=place), "plain small", is_link=True)
    if award.state in RUNNING and may(viewer, AMEND, award.fund):
        yield Action(_("Propose a change"), reverse("awards:amend", args=place), "plain small", is_link=True)
    if award.state in RUNNING and may(viewer, CHANGE, award.fund):
        if not award.unspent.to_return.is_zero:
            url = reverse("awards:waive_unspent", args=place)
            yield Action(_("Ask for unspent money no more"), url, "stop small", is_link=True)
        yield Action(_("Lower the amount"), reverse("awards:change_amount", args=place), "plain small", is_link=True)
        yield Action(_("Add a payment"), reverse("awards:add_tranche", args=place), "plain small", is_link=True)
    for name, permission, label, kind, asks_first in MOVES.get(award.state, ()):
        if may(viewer, permission, award.fund):
            reason = "" if asks_first else " ".join(why_not(award, name))
            yield Action(label, reverse(f"awards:{name}", args=place), f"{kind} small".strip(), reason, asks_first)


def _agreement_actions(award: Award, agreement: Agreement | None, viewer: User) -> Iterator[Action]:
    manages = may(viewer, MANAGE, award.fund)
    is_open = agreement is not None and agreement.state in OPEN_AGREEMENT
    if not is_open and manages and award.state in {*BEFORE_IT_RUNS, *RUNNING}:
        is_first = agreement is None or agreement.state != AgreementState.EXECUTED
        label = _("Write the agreement") if is_first else _("Write a new agreement")
        kind = "small" if is_first else "plain small"
        yield Action(label, reverse("awards:prepare", args=[award.reference]), kind)
    if agreement is None:
        return
    place = [award.reference, agreement.number]
    if agreement.state == AgreementState.DRAFTING and manages:
        yield Action(_("Send it to the grantee"), reverse("awards:send", args=place), "small")
        yield Action(_("Change the text"), reverse("awards:agreement_edit", args=place), "plain small", is_link=True)
        yield Action(
            _("Write it anew from the terms"), reverse("awards:prepare", args=[award.reference]), "plain small"
        )
    if may_sign_now(agreement, Side.FUND) and may(viewer, SIGN, award.fund):
        yield Action(_("Sign for the fund"), reverse("awards:sign", args=place), "small", is_link=True)


def may_sign_now(agreement: Agreement, side: str) -> bool:
    """Approved by both sides, and not signed by this one; reads the prefetched signatures."""
    if agreement.state not in (AgreementState.AGREED, AgreementState.SIGNING):
        return False
    return all(one.side != side for one in agreement.signatures.all())


def _tranche_actions(tranche: Tranche, viewer: User) -> Iterator[Action]:
    fund, place = tranche.award.fund, [tranche.award.reference, tranche.number]
    if tranche.state == TrancheState.REQUESTED and may(viewer, APPROVE_TRANCHE, fund):
        url = reverse("awards:approve_tranche", args=place)
        yield Action(_("Approve this payment"), url, "small", _why_not_approve(tranche, viewer))
    if may(viewer, MANAGE, fund) and tranche.award.state in RUNNING:
        if tranche.state == TrancheState.ON_HOLD:
            yield Action(_("Let it go on"), reverse("awards:release_tranche", args=place), "small")
        elif tranche.state in BEFORE_THE_BANK:
            yield Action(_("Put it on hold"), reverse("awards:hold_tranche", args=place), "plain small", is_link=True)
    if may(viewer, CHANGE, fund) and tranche.award.state in RUNNING and tranche.state in UNPAID:
        yield Action(_("Give it up"), reverse("awards:cancel_tranche", args=place), "stop small", is_link=True)


def _why_not_approve(tranche: Tranche, viewer: User) -> str:
    """Reads the prefetched rows; conflicts are looked at when it is pressed."""
    if any(one.by_id == viewer.pk and one.round == tranche.round for one in tranche.approvals.all()):
        return _("You approved it already.")
    has_waived = any(one.waived_by_id == viewer.pk for one in tranche.conditions.all())
    if has_waived or tranche.award.offered_by_id == viewer.pk:
        return _("You offered this award or waived a condition of this payment. Somebody else approves it.")
    return ""


def _condition_line(tranche: Tranche, condition: Condition, viewer: User | None) -> ConditionLine:
    is_fulfilled = condition.is_fulfilled_on(clock.today(tranche.award.fund.time_zone))
    is_open = not is_fulfilled and tranche.state not in SETTLED
    badge = condition_badge(condition, is_fulfilled=is_fulfilled)
    actions = list(_condition_actions(tranche, condition, viewer)) if viewer and is_open else []
    return ConditionLine(condition, badge, condition.waive_reason or condition.met_note, actions)


def _condition_actions(tranche: Tranche, condition: Condition, viewer: User) -> Iterator[Action]:
    if not may(viewer, MANAGE, tranche.award.fund):
        return
    place = [tranche.award.reference, condition.pk]
    if condition.kind != ConditionKind.REPORT_ACCEPTED:
        yield Action(_("It is met"), reverse("awards:meet_condition", args=place), "plain small", is_link=True)
    yield Action(_("Waive it"), reverse("awards:waive_condition", args=place), "plain small", is_link=True)
