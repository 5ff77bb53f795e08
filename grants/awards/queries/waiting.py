"""What waits for a person: offers to make, agreements to write and sign, payments to approve and to ask for."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fundportal.access import ALL, funds_where
from fundportal.accounts.models import User
from fundportal.money import Money, format_money
from fundportal.organisations.models import Membership
from fundportal.templatetags.words import DAY_FORMAT
from fundportal.waiting import Waiting
from grants.awards.models import (
    Agreement,
    Amendment,
    AmendmentApproval,
    Award,
    Condition,
    Signature,
    Tranche,
    TrancheApproval,
)
from grants.awards.permissions import APPROVE_TRANCHE, CHANGE, MANAGE, OFFER, SIGN
from grants.awards.queries.lists import approved_without_offer, with_left_over
from grants.awards.states import BEFORE_IT_RUNS, RUNNING, AgreementState, AmendmentState, AwardState, Side, TrancheState

TO_SIGN = (AgreementState.AGREED, AgreementState.SIGNING)
OF_ITS_AWARD = ("award__organisation",)
BEFORE_THE_GRANTEE = (AgreementState.GRANTEE_REVIEW, *TO_SIGN, AgreementState.EXECUTED)


def to_offer(user: User) -> Iterator[Waiting]:
    if not funds_where(user, OFFER):
        return
    count = approved_without_offer(user, OFFER).count()
    if count:
        sentence = ngettext(
            "%(count)s approved application waits for its offer.",
            "%(count)s approved applications wait for their offers.",
            count,
        )
        yield Waiting(sentence % {"count": count}, reverse("awards:waiting"), count)


def agreements_to_write(user: User) -> Iterator[Waiting]:
    """Offered without an agreement, or with one that is at the fund's desk."""
    offered = _in_funds(user, MANAGE).filter(state=AwardState.OFFERED)
    elsewhere = Agreement.objects.filter(award=OuterRef("pk")).exclude(
        state__in=(AgreementState.DRAFTING, AgreementState.VOID, AgreementState.SUPERSEDED)
    )
    for award in offered.exclude(Exists(elsewhere)).select_related("organisation").order_by("respond_by", "pk"):
        sentence = _("%(reference)s: the agreement with %(name)s is to be written.") % _words(award)
        yield Waiting(sentence, reverse("awards:award", args=[award.reference]))


def agreements_to_sign(user: User) -> Iterator[Waiting]:
    """Approved by both sides, not signed for the fund yet, and not signed by this person for the other side."""
    given = Signature.objects.filter(agreement=OuterRef("pk")).filter(Q(side=Side.FUND) | Q(person=user.pk))
    agreed = Agreement.objects.filter(award__in=_in_funds(user, SIGN), state__in=TO_SIGN).exclude(Exists(given))
    for agreement in agreed.select_related("award__organisation").order_by("agreed_at", "pk"):
        sentence = _("%(reference)s: the agreement with %(name)s waits for your signature.") % _words(agreement.award)
        yield Waiting(sentence, reverse("awards:sign", args=[agreement.award.reference, agreement.number]))


def payments_to_approve(user: User) -> Iterator[Waiting]:
    """Asked for by the grantee; but those this person approved, or recommended by an offer or a waiver."""
    waived = Condition.objects.filter(tranche=OuterRef("pk"), waived_by=user.pk)
    given = TrancheApproval.objects.filter(tranche=OuterRef("pk"), by=user.pk, round=OuterRef("round"))
    asked = Tranche.objects.filter(award__in=_in_funds(user, APPROVE_TRANCHE), state=TrancheState.REQUESTED)
    open_to_me = asked.exclude(Exists(given)).exclude(Exists(waived)).exclude(award__offered_by=user.pk)
    for tranche in open_to_me.select_related("award__organisation").order_by("requested_at", "pk"):
        words = _words(tranche.award) | {"number": tranche.number}
        sentence = _("%(reference)s: payment %(number)s to %(name)s waits for your approval.") % words
        yield Waiting(sentence, reverse("awards:award", args=[tranche.award.reference]))


def changes_to_decide(user: User) -> Iterator[Waiting]:
    """Sent to the fund; but those this person proposed or approved."""
    given = AmendmentApproval.objects.filter(amendment=OuterRef("pk"), by=user.pk)
    sent = Amendment.objects.filter(award__in=_in_funds(user, CHANGE), state=AmendmentState.SUBMITTED)
    for one in sent.exclude(Exists(given)).exclude(proposed_by=user.pk).select_related(*OF_ITS_AWARD).order_by("pk"):
        sentence = _("%(reference)s: a change of the grant of %(name)s is to be decided.") % _words(one.award)
        yield Waiting(sentence, reverse("awards:amendment", args=[one.award.reference, one.number]))


def changes_to_send(user: User) -> Iterator[Waiting]:
    """Drafts of the fund, and approved ones whose text went back to the desk."""
    drafts = Q(state=AmendmentState.DRAFT, side=Side.FUND)
    back = Q(state=AmendmentState.APPROVED, agreement__state=AgreementState.DRAFTING)
    open_ones = Amendment.objects.filter(drafts | back, award__in=_in_funds(user, MANAGE))
    for one in open_ones.select_related(*OF_ITS_AWARD).order_by("pk"):
        sentence = _("%(reference)s: a change of the grant of %(name)s is to be sent.") % _words(one.award)
        yield Waiting(sentence, reverse("awards:award", args=[one.award.reference]))


def grants_to_go_on_with(user: User) -> Iterator[Waiting]:
    """The grantee's own: read, sign, accept, ask for a payment, return what is left. One query for nobody."""
    signing = Membership.objects.in_force().filter(
        user=user.pk, is_signatory=True, organisation=OuterRef("organisation")
    )
    agreements = (
        Agreement.objects.filter(state__in=BEFORE_THE_GRANTEE).prefetch_related("signatures").order_by("number")
    )
    ready = Tranche.objects.filter(state=TrancheState.READY).order_by("number")
    mine = Award.objects.of_grantee(user).filter(state__in=(*BEFORE_IT_RUNS, *RUNNING))
    known = with_left_over(mine).annotate(signs=Exists(signing)).select_related("organisation")
    parts = (Prefetch("agreements", agreements), Prefetch("tranches", ready))
    for award in known.prefetch_related(*parts).order_by("respond_by", "pk"):
        yield from _of_one_grant(award)


def _of_one_grant(award: Award) -> Iterator[Waiting]:
    words = _words(award) | {"day": date_format(award.respond_by, DAY_FORMAT)}
    page = reverse("my_grants:grant", args=[award.reference])
    for agreement in award.agreements.all():
        is_signed = any(one.side == Side.GRANTEE for one in agreement.signatures.all())
        if agreement.state == AgreementState.GRANTEE_REVIEW:
            is_first = award.state in BEFORE_IT_RUNS
            undated = _("%(reference)s: read the new agreement, and answer.")
            dated = _("%(reference)s: read the agreement, and answer by %(day)s.")
            yield Waiting((dated if is_first else undated) % words, page)
        elif agreement.state == AgreementState.EXECUTED and award.state == AwardState.OFFERED:
            sentence = _("%(reference)s: give the bank details, and accept the grant by %(day)s.")
            yield Waiting(sentence % words, page)
        elif agreement.state != AgreementState.EXECUTED and award.signs and not is_signed:
            url = reverse("my_grants:agreement", args=[award.reference, agreement.number])
            yield Waiting(_("%(reference)s: the agreement waits for your signature.") % words, url)
    for tranche in award.tranches.all():
        if award.signs and award.state == AwardState.ACTIVE:
            sentence = _("%(reference)s: payment %(number)s can be asked for.") % (words | {"number": tranche.number})
            yield Waiting(sentence, page)
    if award.left_minor is not None and award.left_minor > 0:
        left = Money(award.left_minor, award.currency)
        sentence = _("%(reference)s: %(left)s was not spent and is to be returned.")
        yield Waiting(sentence % (words | {"left": format_money(left, cents=not left.is_whole)}), page)


def _in_funds(user: User, permission: str) -> QuerySet[Award]:
    funds = funds_where(user, permission)
    seen = Award.objects.of_office(user)
    return seen if funds == ALL else seen.filter(fund__in=funds)


def _words(award: Award) -> dict[str, object]:
    return {"reference": award.reference, "name": award.organisation.name}
