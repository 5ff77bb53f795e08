"""What the front desk of applicants and reviewers shows."""

from collections.abc import Iterator

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from fundportal.accounts.models import User
from fundportal.organisations.models import Invitation, Membership, Organisation
from fundportal.waiting import Waiting

FEWEST_LETTERS = 3
MOST_FOUND = 10


def invitations_to_answer(user: User) -> Iterator[Waiting]:
    """Each with its own page, where one says yes or no."""
    for invitation in open_invitations(user):
        sentence = _("%(organisation)s invites you.") % {"organisation": invitation.organisation.name}
        yield Waiting(sentence, reverse("my:invitation", args=[invitation.pk]))


def open_invitations(user: User) -> QuerySet[Invitation]:
    waiting = Invitation.objects.in_force().filter(user=user.pk)
    return waiting.select_related("organisation", "invited_by").order_by("invited_at", "pk")


def memberships_of(user: User) -> QuerySet[Membership]:
    mine = Membership.objects.in_force().filter(user=user)
    return mine.select_related("organisation").order_by("organisation__name", "pk")


def own_organisations() -> QuerySet[Organisation]:
    """With its people and its open invitations, each fetched once."""
    people = Membership.objects.in_force().select_related("user").order_by("user__full_name", "pk")
    invited = Invitation.objects.in_force().order_by("invited_at", "pk")
    return Organisation.objects.prefetch_related(
        "identifiers",
        Prefetch("memberships", queryset=people, to_attr="people"),
        Prefetch("invitations", queryset=invited, to_attr="invited"),
    )


def organisations_named(words: str, *, barred: set[int]) -> QuerySet[Organisation]:
    """Those whose name holds all the words, but the `barred` ids.

    None for fewer than three letters, so that nobody leafs through them.
    """
    if len(words.replace(" ", "")) < FEWEST_LETTERS:
        return Organisation.objects.none()
    found = Organisation.objects.exclude(pk__in=barred).order_by("name", "pk")
    for word in words.split():
        found = found.filter(name__icontains=word)
    return Organisation.objects.filter(pk__in=list(found.values_list("pk", flat=True)[:MOST_FOUND])).order_by(
        "name", "pk"
    )
