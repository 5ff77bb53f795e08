"""People and organisations in the office's search; each room of the two halves brings its own."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fundportal.access import Actor, may
from fundportal.accounts.models import User
from fundportal.office.queries import people_for
from fundportal.organisations.models import Organisation
from fundportal.organisations.queries import conflicted_ids
from fundportal.search import Found, Source


def _people(user: Actor) -> QuerySet[User]:
    if not may(user, "roles.view"):
        return User.objects.none()
    return people_for(user).prefetch_related(None)


def _person(person: User, _user: Actor) -> Found:
    return Found(person.full_name or person.email, reverse("office:person", args=[person.pk]), person.email)


def _organisations(user: Actor) -> QuerySet[Organisation]:
    """Staff see every organisation but those they keep away from."""
    if not may(user, "organisations.view"):
        return Organisation.objects.none()
    free = Organisation.objects.visible_to(user).exclude(pk__in=conflicted_ids(user))
    return free.order_by("name", "pk")


def _organisation(organisation: Organisation, user: Actor) -> Found:
    """Its page is the list of what it applied for, where this person reads applications."""
    place = ", ".join(part for part in (organisation.city, organisation.country) if part)
    return Found(organisation.name, _applications_of(organisation, user), f"{organisation.get_kind_display()}, {place}")


def _applications_of(organisation: Organisation, user: Actor) -> str:
    if not may(user, "applications.view"):
        return ""
    return reverse("applications:applications", query={"words": organisation.name})


PEOPLE = Source(
    heading=_("People"),
    seen=_people,
    columns=("full_name", "email"),
    shown=_person,
    pages="office:people",
)
ORGANISATIONS = Source(
    heading=_("Organisations"),
    seen=_organisations,
    columns=("name", "city"),
    shown=_organisation,
)
