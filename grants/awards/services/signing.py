"""Both sides sign the agreement; with the second signature it is in force, and the change it tells is carried out."""

from django.db import transaction
from django.utils.translation import gettext as _

from fundportal.accounts.models import User
from fundportal.audit.services import record
from fundportal.refusals import Refusal
from grants.awards import emails
from grants.awards.models import Agreement, Amendment, Award
from grants.awards.permissions import SIGN
from grants.awards.services.agreements import authorise_side
from grants.awards.services.applying import carry_out
from grants.awards.services.locking import lock_agreement, make_agreement
from grants.awards.states import AgreementState, Side


@transaction.atomic
def sign_agreement(agreement_id: int, *, side: str, name_typed: str, factor: str, by: User) -> Agreement:
    """`factor` is how this person signed in (`IdentityFactor`). The second signature executes the agreement.

    Raises Refusal (422) unless the name typed is that of the person who signs, (409) where that side has signed.
    """
    agreement = lock_agreement(agreement_id)
    award = agreement.award
    authorise_side(side, by, award, SIGN)
    _check_signature(agreement, side, name_typed, by)
    if agreement.state == AgreementState.AGREED:
        make_agreement("begin_signing", agreement, by=by)
    signed = {"side": side, "name_typed": name_typed.strip(), "identity_factor": factor, "sha256": agreement.sha256}
    agreement.signatures.create(person=by, **signed)
    state = agreement.state
    record("agreements.sign", agreement, by=by, fund=award.fund, before=state, after=state, facts=signed)
    if agreement.signatures.count() == len(Side):
        _execute(agreement, award, by)
    return agreement


def _execute(agreement: Agreement, award: Award, by: User) -> None:
    for former in award.agreements.select_for_update().filter(state=AgreementState.EXECUTED):
        former.award = award
        make_agreement("supersede", former, by=by)
    make_agreement("execute", agreement, by=by, facts={"sha256": agreement.sha256})
    emails.agreement_signed(agreement)
    amendment = Amendment.objects.select_for_update(of=("self",)).filter(agreement=agreement).first()
    if amendment is not None:
        amendment.award, amendment.agreement = award, agreement
        carry_out(amendment, by=by)


def _check_signature(agreement: Agreement, side: str, name_typed: str, by: User) -> None:
    if agreement.state not in {AgreementState.AGREED, AgreementState.SIGNING}:
        raise Refusal(_("It can be signed once both sides have approved its text."))
    if agreement.signatures.filter(side=side).exists():
        raise Refusal(_("This side has signed already."))
    if not name_typed.strip() or _plain(name_typed) != _plain(by.full_name):
        sentence = _("Type your name as it stands in your account: %(name)s.") % {"name": by.full_name}
        raise Refusal(sentence, status=422, field="name_typed")


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
