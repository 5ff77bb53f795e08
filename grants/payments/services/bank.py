"""Bank details of a grantee: given by whoever signs, checked by somebody of the fund, used when their time comes."""

from contextlib import suppress

from django.db import transaction
from django.utils.translation import gettext as _

from fundportal import clock
from fundportal.access import SYSTEM, Actor, authorise
from fundportal.accounts.models import User
from fundportal.audit.services import record
from fundportal.funds.models import BankAccount
from fundportal.lifecycle import why_not
from fundportal.organisations.models import Organisation
from fundportal.organisations.queries import may_sign
from fundportal.refusals import NotAllowed, Refusal
from grants.awards.models import Award
from grants.payments import emails
from grants.payments.account_facts import AccountFacts, checked
from grants.payments.models import BankDetails, PayingAccount
from grants.payments.permissions import KEEP_ACCOUNTS, VERIFY_BANK
from grants.payments.services.locking import authorise_verifier, lock_details, make_details
from grants.payments.states import PENDING, WAITING_TIME, BankState


@transaction.atomic
def propose_bank_details(organisation_id: int, *, facts: AccountFacts, by: User) -> BankDetails:
    """New details take the place of those that still wait. Raises Refusal (422) at the field that cannot be right."""
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=organisation_id)
    if not may_sign(by, organisation):
        raise NotAllowed(_("Somebody who signs for your organisation has to do this."))
    award = Award.objects.filter(organisation=organisation).select_related("fund").order_by("-offered_at", "pk").first()
    if award is None:
        raise Refusal(_("Bank details are asked for once a grant is offered to you."))
    columns = checked(facts).columns
    standing = BankDetails.objects.in_use().filter(organisation=organisation).first()
    if standing is not None and AccountFacts.of(standing) == checked(facts):
        raise Refusal(_("This account is in use already."), status=422)
    for waiting in BankDetails.objects.filter(organisation=organisation, state__in=PENDING).order_by("pk"):
        make_details("supersede", lock_details(waiting.pk), by=by)
    now = clock.now()
    made = BankDetails.objects.create(
        organisation=organisation,
        fund=award.fund,
        is_change=standing is not None,
        effective_at=now if standing is None else now + WAITING_TIME,
        proposed_by=by,
        proposed_at=now,
        **columns,
    )
    record("bank_details.propose", made, by=by, fund=award.fund, after=made.state, facts=_shown(made))
    if standing is not None:
        emails.tell_change(made, standing)
    return made


@transaction.atomic
def reveal_bank_details(details_id: int, *, by: User) -> AccountFacts:
    """The whole numbers, for whoever compares them with a paper or a voice. Who looked is on record."""
    details = BankDetails.objects.select_related("fund", "organisation").get(pk=details_id)
    authorise_verifier(by, VERIFY_BANK, details)
    record("bank_details.read", details, by=by, fund=details.fund, facts=_shown(details))
    return AccountFacts.of(details)


@transaction.atomic
def verify_bank_details(details_id: int, *, note: str, by: User) -> BankDetails:
    """In use at once when they are the first, else when their time comes."""
    details = lock_details(details_id)
    authorise_verifier(by, VERIFY_BANK, details)
    if details.proposed_by_id == by.pk:
        raise NotAllowed(_("You gave these bank details. Somebody else checks them."))
    if not note.strip():
        sentence = _("Say how you checked them: whom you called at a number you knew before, or which paper you saw.")
        raise Refusal(sentence, status=422, field="note")
    details.verified_by, details.verify_note = by, note.strip()
    make_details("verify", details, by=by, facts={"note": details.verify_note})
    if not why_not(details, "activate"):
        _put_into_use(details, by=by)
    emails.tell_checked(details)
    return details


@transaction.atomic
def refuse_bank_details(details_id: int, *, reason: str, by: User) -> BankDetails:
    """Also after the check, while a change waits its time."""
    details = lock_details(details_id)
    authorise_verifier(by, VERIFY_BANK, details)
    if not reason.strip():
        raise Refusal(_("Say why, so that the organisation knows what to mend."), status=422, field="reason")
    details.refuse_reason = reason.strip()
    make_details("refuse", details, by=by, facts={"reason": details.refuse_reason})
    emails.tell_refused(details)
    return details


def activate_due() -> int:
    """What the clock does. Returns how many checked changes are in use now."""
    due = BankDetails.objects.filter(state=BankState.VERIFIED, effective_at__lte=clock.now()).order_by("effective_at")
    activated = []
    for details_id in list(due.values_list("pk", flat=True)):
        with suppress(Refusal):
            activated.append(_activate(details_id))
    return len(activated)


@transaction.atomic
def keep_paying_account(bank_account_id: int, *, facts: AccountFacts, by: User) -> PayingAccount:
    """The numbers of the fund's own account, which every payment file names."""
    account = BankAccount.objects.select_related("fund").get(pk=bank_account_id)
    authorise(by, KEEP_ACCOUNTS, account.fund)
    good = checked(facts)
    if good.currency != account.currency:
        sentence = _("The books keep this account in %(currency)s.") % {"currency": account.currency}
        raise Refusal(sentence, status=422, field="currency")
    columns = {**good.columns, "kept_by": by, "kept_at": clock.now()}
    kept, _is_new = PayingAccount.objects.update_or_create(bank_account=account, defaults=columns)
    record("paying_accounts.keep", kept, by=by, fund=account.fund, facts={"last_digits": kept.last_digits})
    return kept


@transaction.atomic
def _activate(details_id: int) -> BankDetails:
    return _put_into_use(lock_details(details_id), by=SYSTEM)


def _put_into_use(details: BankDetails, *, by: Actor) -> BankDetails:
    """The former ones first: an organisation has one account in use."""
    former = BankDetails.objects.in_use().filter(organisation=details.organisation_id).exclude(pk=details.pk)
    for one in former.select_related("organisation", "fund").order_by("pk"):
        make_details("supersede", one, by=by)
    return make_details("activate", details, by=by)


def _shown(details: BankDetails) -> dict[str, object]:
    return {"last_digits": details.last_digits, "country": details.country, "is_change": details.is_change}
