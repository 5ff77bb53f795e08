"""Applications in the office's search."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fundportal.access import Actor
from fundportal.search import Found, Source
from grants.applications.models import Application


def _seen(user: Actor) -> QuerySet[Application]:
    return Application.objects.of_office(user).select_related("organisation").order_by("-submitted_at", "pk")


def _shown(application: Application, _user: Actor) -> Found:
    url = reverse("applications:application", args=[application.reference])
    return Found(f"{application.reference} {application.title}", url, application.organisation.name)


APPLICATIONS = Source(
    heading=_("Applications"),
    seen=_seen,
    columns=("reference", "title", "organisation__name"),
    shown=_shown,
    reference="reference",
    pages="applications:applications",
)
