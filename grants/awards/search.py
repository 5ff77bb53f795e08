"""Awards in the office's search."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fundportal.access import Actor
from fundportal.search import Found, Source
from grants.awards.models import Award


def _seen(user: Actor) -> QuerySet[Award]:
    return Award.objects.of_office(user).select_related("organisation").order_by("-offered_at", "pk")


def _shown(award: Award, _user: Actor) -> Found:
    url = reverse("awards:award", args=[award.reference])
    return Found(f"{award.reference} {award.title}", url, award.organisation.name)


AWARDS = Source(
    heading=_("Awards"),
    seen=_seen,
    columns=("reference", "title", "organisation__name"),
    shown=_shown,
    reference="reference",
    pages="awards:awards",
)
