"""Money that was paid and not spent: known from the final report; returned, kept by agreement, or not asked back."""

from django.db import transaction
from django.utils.translation import gettext as _

from fundportal.access import Actor
from fundportal.accounts.models import User
from fundportal.audit.services import record
from fundportal.money import Money, format_money
from fundportal.refusals import Refusal
from grants.awards import emails
from grants.awards.models import Amendment, Award, UnspentSettlement
from grants.awards.permissions import CHANGE
from grants.awards.services.ending import give_back_to_the_call
from grants.awards.services.locking import authorise_office, lock_award
from grants.awards.states import RUNNING, AwardState, ReportKind, ReportState, Settlement

MAY_COME_BACK = (*RUNNING, AwardState.CLOSED, AwardState.TERMINATED)


@transaction.atomic
def note_spending(award_id: int, *, spent: Money, by: Actor) -> Award:
    """What the accepted final report says was spent. Not a choice of anybody's: raises Refusal (409) before that."""
    award = lock_award(award_id)
    if not award.reports_due.filter(kind=ReportKind.FINAL, state=ReportState.ACCEPTED).exists():
        raise Refusal(_("Accept the final report first."))
    award.spent = spent
    award.version += 1
    award.save()
    state, facts = award.state, {"spent_minor": spent.minor}
    record("awards.note_spending", award, by=by, fund=award.fund, before=state, after=state, facts=facts)
    if not award.unspent.to_return.is_zero:
        emails.unspent_to_return(award)
    return award


@transaction.atomic
def take_back(award_id: int, *, amount: Money, by: User) -> UnspentSettlement:
    """It is on the fund's bank statement. Parts add up; what is too much is refused (422), and so is another currency.

    Whoever recognises the line has checked who may, and books it.
    """
    award = lock_award(award_id)
    if award.state not in MAY_COME_BACK:
        raise Refusal(_("Nothing of this award was paid."), status=422, field="reference")
    if amount.currency != award.currency or amount.minor <= 0:
        raise Refusal(_("This line is not money that comes back in the currency of the award."), status=422)
    most = award.unspent.may_come_back
    if amount > most:
        sentence = _("At most %(most)s of this award can come back. Ask the grantee what the rest is.")
        raise Refusal(sentence % {"most": format_money(most)}, status=422, field="reference")
    made = _settle(award, Settlement.RETURNED, amount, by=by)
    give_back_to_the_call(award)
    state, facts = award.state, {"amount_minor": amount.minor}
    record("awards.take_back", award, by=by, fund=award.fund, before=state, after=state, facts=facts)
    emails.unspent_returned(made, award)
    return made


@transaction.atomic
def waive_unspent(award_id: int, *, reason: str, by: User) -> UnspentSettlement:
    """A manager no longer asks for what is still to be returned."""
    award = lock_award(award_id)
    authorise_office(by, CHANGE, award)
    if not reason.strip():
        raise Refusal(_("Say why."), status=422, field="reason")
    left = award.unspent.to_return
    if left.is_zero or award.state not in RUNNING:
        raise Refusal(_("Nothing is to be returned."))
    made = _settle(award, Settlement.WAIVED, left, by=by, reason=reason.strip())
    state, facts = award.state, {"amount_minor": left.minor, "reason": made.reason}
    record("awards.waive_unspent", award, by=by, fund=award.fund, before=state, after=state, facts=facts)
    return made


def let_keep(amendment: Amendment, amount: Money) -> UnspentSettlement:
    """By an amendment that is being carried out, under the lock of its award."""
    award = amendment.award
    approval = amendment.approvals.select_related("by").order_by("-at", "-pk").first()
    by = approval.by if approval else amendment.proposed_by
    made = _settle(award, Settlement.KEPT, amount, by=by, amendment=amendment)
    state, facts = award.state, {"amount_minor": amount.minor}
    record("awards.let_keep", award, by=by, fund=award.fund, before=state, after=state, facts=facts)
    return made


def _settle(award: Award, kind: str, amount: Money, *, by: User, **facts: object) -> UnspentSettlement:
    known = {"amount_minor": amount.minor, "currency": amount.currency, "by": by}
    return UnspentSettlement.objects.create(award=award, kind=kind, **known, **facts)
