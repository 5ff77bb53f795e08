"""The agreement: written by the fund, read by the grantee, approved by both word for word. Signing it is signing's."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from fundportal.access import authorise
from fundportal.accounts.models import User
from fundportal.audit.services import record
from fundportal.funds.models import Fund
from fundportal.organisations.queries import may_edit
from fundportal.refusals import NotAllowed, Refusal
from grants.awards import emails
from grants.awards.documents import FIELDS, NEEDED, agreement_text, amended_text, fields_in, fingerprint, starter_text
from grants.awards.models import Agreement, AgreementApproval, AgreementText, Amendment, Award
from grants.awards.permissions import MANAGE, SIGN
from grants.awards.services.locking import (
    authorise_office,
    authorise_signatory,
    lock_agreement,
    lock_award,
    make_agreement,
)
from grants.awards.states import BEFORE_IT_RUNS, OPEN_AGREEMENT, RUNNING, AgreementState, Side


@transaction.atomic
def change_wording(fund_id: int, *, language: str, body: str, by: User) -> AgreementText:
    """The fund's own wording, as its next version. Agreements that are written already keep theirs."""
    fund = Fund.objects.select_for_update(no_key=True).get(pk=fund_id)
    authorise(by, SIGN, fund)
    _check_wording(body)
    versions = AgreementText.objects.filter(fund=fund, language=language)
    number = (versions.aggregate(last=Max("number"))["last"] or 0) + 1
    versions.filter(is_current=True).update(is_current=False)
    made = AgreementText.objects.create(fund=fund, language=language, number=number, body=body.strip(), by=by)
    record("agreements.change_wording", made, by=by, fund=fund, facts={"number": number, "language": language})
    return made


@transaction.atomic
def prepare_agreement(award_id: int, *, by: User) -> Agreement:
    """Writes the text from the fund's wording and the terms as they are now, over a draft that is still at the desk.

    Raises Refusal (409) while the grantee has one before it, or once the award has ended.
    """
    award = lock_award(award_id)
    authorise_office(by, MANAGE, award)
    if award.state not in {*BEFORE_IT_RUNS, *RUNNING}:
        raise Refusal(_("The award has ended."))
    agreement = award.agreements.select_for_update().filter(state__in=OPEN_AGREEMENT).first()
    if agreement is not None and agreement.state != AgreementState.DRAFTING:
        raise Refusal(_("The grantee has the agreement before it. It can be written again once they ask for a change."))
    if agreement is None:
        return _write_first(award, None, by)
    agreement.award = award
    _word(agreement, award, getattr(agreement, "amendment", None))
    agreement.save()
    state = agreement.state
    record("agreements.prepare", agreement, by=by, fund=award.fund, before=state, after=state)
    return agreement


@transaction.atomic
def change_agreement(agreement_id: int, *, text: str, by: User) -> Agreement:
    """By hand, while it is at the desk."""
    agreement = lock_agreement(agreement_id)
    authorise_office(by, MANAGE, agreement.award)
    if agreement.state != AgreementState.DRAFTING:
        raise Refusal(_("The text can be changed while it is being written."))
    if not text.strip():
        raise Refusal(_("The text is empty."), status=422, field="text")
    agreement.text = text.strip().replace("\r\n", "\n")
    agreement.sha256 = fingerprint(agreement.text)
    agreement.save()
    state = agreement.state
    record("agreements.change", agreement, by=by, fund=agreement.award.fund, before=state, after=state)
    return agreement


@transaction.atomic
def send_agreement(agreement_id: int, *, by: User) -> Agreement:
    """To the grantee. Whoever sends it approves its text for the fund."""
    agreement = lock_agreement(agreement_id)
    authorise_office(by, MANAGE, agreement.award)
    _send(agreement, by)
    amendment = getattr(agreement, "amendment", None)
    if amendment is None:
        emails.agreement_sent(agreement)
    else:
        emails.amendment_approved(amendment, agreement)
    return agreement


@transaction.atomic
def ask_for_change(agreement_id: int, *, reason: str, by: User) -> Agreement:
    """Anybody who works for the grantee may ask; the text goes back to the desk, and its approvals count no more."""
    agreement = lock_agreement(agreement_id)
    if not may_edit(by, agreement.award.organisation):
        raise NotAllowed(_("Only people who work for this organisation answer for it."))
    agreement.change_asked = reason.strip()
    return make_agreement("ask_for_change", agreement, by=by, facts={"reason": agreement.change_asked})


@transaction.atomic
def approve_agreement_text(agreement_id: int, *, side: str, sha256: str, by: User) -> Agreement:
    """Approves the very text that was read, known by its fingerprint. When both sides have, it is agreed."""
    agreement = lock_agreement(agreement_id)
    authorise_side(side, by, agreement.award, MANAGE)
    if agreement.state != AgreementState.GRANTEE_REVIEW:
        raise Refusal(_("It can be approved while the grantee reads it."))
    if agreement.sha256 != sha256:
        raise Refusal(_("The text has changed since you opened it. Read it again, then approve it."))
    _approve(agreement, side, by)
    sides = set(agreement.approvals.filter(sha256=agreement.sha256).values_list("side", flat=True))
    if sides == set(Side):
        make_agreement("agree", agreement, by=by, facts={"sha256": agreement.sha256})
        if agreement.award.state in BEFORE_IT_RUNS:
            emails.agreement_to_sign(agreement)
    return agreement


def write_amended(amendment: Amendment, *, by: User) -> Agreement:
    """The text of an approved change, before the grantee at once; whoever approved it stands for it.

    Raises Refusal (409) while another agreement is being written, read or signed.
    """
    award = amendment.award
    if award.agreements.filter(state__in=OPEN_AGREEMENT).exists():
        raise Refusal(_("Another agreement is being written or signed. Bring that one to its end first."))
    made = _write_first(award, amendment, by)
    _send(made, by)
    return made


def annul_open(award: Award, *, by: Any) -> None:
    """The agreement that is being read or signed has nothing to stand on any more."""
    for agreement in award.agreements.select_for_update().filter(state__in=OPEN_AGREEMENT):
        agreement.award = award
        make_agreement("annul", agreement, by=by)


def authorise_side(side: str, by: User, award: Award, permission: str) -> None:
    """For the fund whoever holds the permission, for the grantee whoever signs for it."""
    if side == Side.FUND:
        authorise_office(by, permission, award)
    else:
        authorise_signatory(by, award)


def _approve(agreement: Agreement, side: str, by: User) -> None:
    _approval, is_new = AgreementApproval.objects.get_or_create(
        agreement=agreement, side=side, sha256=agreement.sha256, defaults={"by": by}
    )
    if is_new:
        facts = {"side": side, "sha256": agreement.sha256}
        state = agreement.state
        fund = agreement.award.fund
        record("agreements.approve_text", agreement, by=by, fund=fund, before=state, after=state, facts=facts)


def _check_wording(body: str) -> None:
    try:
        found = fields_in(body)
    except ValueError:
        raise Refusal(
            _("Each brace that opens also closes, around the name of a field."), status=422, field="body"
        ) from None
    unknown = sorted(set(found) - set(FIELDS))
    if unknown:
        raise Refusal(_("There is no field {%(name)s}.") % {"name": unknown[0]}, status=422, field="body")
    missing = [name for name in NEEDED if name not in found]
    if missing:
        raise Refusal(_("The field {%(name)s} is missing.") % {"name": missing[0]}, status=422, field="body")


def _write_first(award: Award, amendment: Amendment | None, by: User) -> Agreement:
    last = award.agreements.aggregate(last=Max("number"))["last"] or 0
    agreement = Agreement(award=award, number=last + 1, prepared_by=by)
    _word(agreement, award, amendment)
    agreement.save()
    record("agreements.prepare", agreement, by=by, fund=award.fund, after=agreement.state)
    return agreement


def _send(agreement: Agreement, by: User) -> None:
    make_agreement("send", agreement, by=by, facts={"sha256": agreement.sha256})
    _approve(agreement, Side.FUND, by)


def _word(agreement: Agreement, award: Award, amendment: Amendment | None) -> None:
    current = AgreementText.objects.filter(fund=award.fund, is_current=True, language=award.language).first()
    body = current.body if current else starter_text(award.language)
    agreement.wording = current
    agreement.language = award.language
    if amendment is not None:
        amendment.award = award
    agreement.text = amended_text(amendment, body) if amendment else agreement_text(award, body)
    agreement.sha256 = fingerprint(agreement.text)
