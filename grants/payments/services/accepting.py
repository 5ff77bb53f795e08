"""The grantee accepts: the agreement is signed by both sides and the fund knows where the money goes."""

from django.db import transaction

from fundportal.accounts.models import User
from fundportal.refusals import Refusal
from grants.awards.models import Award
from grants.awards.services.locking import authorise_signatory, lock_award, make
from grants.payments import emails
from grants.payments.queries.accounts import why_not_accept


@transaction.atomic
def accept_award(award_id: int, *, by: User) -> Award:
    """From offered to under way in one act. Raises Refusal (409) while the signature or the check is missing."""
    award = lock_award(award_id)
    authorise_signatory(by, award)
    why = why_not_accept(award)
    if why:
        raise Refusal(why)
    make("accept", award, by=by)
    make("activate", award, by=by)
    emails.tell_accepted(award)
    return award
