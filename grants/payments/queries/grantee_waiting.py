"""What waits for a grantee: bank details that the fund could not use. What an offer waits for is said by the awards."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from fundportal.accounts.models import User
from fundportal.organisations.models import Membership
from fundportal.waiting import Waiting
from grants.payments.models import BankDetails
from grants.payments.states import PENDING, BankState


def details_to_give_again(user: User) -> Iterator[Waiting]:
    """Refused, and neither used nor given anew since. For those who sign."""
    mine = Membership.objects.in_force().filter(user=user.pk, is_signatory=True)
    rows = BankDetails.objects.filter(organisation=OuterRef("organisation"))
    refused = rows.filter(state=BankState.REFUSED)
    standing = rows.filter(state__in=(*PENDING, BankState.ACTIVE))
    found = mine.filter(Exists(refused), ~Exists(standing)).select_related("organisation")
    for membership in found.order_by("organisation__name", "pk"):
        sentence = _("The fund could not use the bank details of %(name)s. Give them again.")
        url = reverse("my_payments:bank", args=[membership.organisation_id])
        yield Waiting(sentence % {"name": membership.organisation}, url)
