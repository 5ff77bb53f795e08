"""While somebody is away, a deputy holds their roles: from a day to a day, each approved like any other role.

Rules that need two people name persons, so a deputy who holds the maker's and the checker's role still makes and
checks nothing alone.
"""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from fundportal.accounts.models import RoleGrant, User
from fundportal.accounts.services.roles import Term, authorise_for, overlapping, write_proposal
from fundportal.refusals import Refusal


@transaction.atomic
def propose_deputy(person_id: int, *, deputy_id: int, starts_on: date, ends_on: date, by: User) -> list[RoleGrant]:
    """Proposes the person's own roles for the deputy; what the deputy holds anyway is left out.

    By the person who will be away, or by an administrator. Stand-ins are not handed on.
    """
    person = User.objects.select_for_update().get(pk=person_id)
    deputy = User.objects.get(pk=deputy_id)
    if deputy.pk == person.pk or not deputy.is_active:
        raise Refusal(_("Choose somebody else who works here."), status=422, field="deputy")
    own = (
        RoleGrant.objects.in_force()
        .filter(user=person, stands_in_for=None)
        .select_related("fund", "user")
        .order_by("pk")
    )
    made = [
        _propose(grant, deputy, Term(grant.fund, starts_on, ends_on), by)
        for grant in own
        if not overlapping(deputy, grant.role, Term(grant.fund, starts_on, ends_on)).exists()
    ]
    if not made:
        raise Refusal(_("This person holds these roles already on these days."), status=422, field="deputy")
    return made


def _propose(grant: RoleGrant, deputy: User, term: Term, by: User) -> RoleGrant:
    if by.pk != grant.user_id:
        authorise_for(by, "roles.propose", grant.fund)
    return write_proposal(deputy, role=grant.role, term=term, by=by, stands_in_for=grant.user)
