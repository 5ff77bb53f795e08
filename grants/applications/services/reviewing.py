"""The two moves that reviews make: out to the reviewers, and back when enough of them have answered."""

from django.db import transaction

from fundportal.access import SYSTEM, Actor
from grants.applications.models import Application
from grants.applications.permissions import ASSIGN, COMPLETE
from grants.applications.services.locking import authorise_office, lock_application, make


@transaction.atomic
def assign_application(application_id: int, *, by: Actor) -> Application:
    application = lock_application(application_id)
    authorise_office(by, ASSIGN, application)
    return make("assign", application, by=by)


@transaction.atomic
def complete_reviews(application_id: int, *, by: Actor = SYSTEM) -> Application:
    application = lock_application(application_id)
    authorise_office(by, COMPLETE, application)
    return make("complete_reviews", application, by=by)
