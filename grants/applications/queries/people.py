"""Who writes an application, and who may send it."""

from django.db.models import QuerySet

from fundportal.accounts.models import User
from fundportal.organisations.queries import may_edit, may_sign, members
from grants.applications.models import Application


def may_write(person: object, application: Application) -> bool:
    """Members of the organisation, and those they let write along."""
    if may_edit(person, application.organisation):
        return True
    return application.collaborators.filter(user=getattr(person, "pk", None)).exists()


def may_send(person: object, application: Application) -> bool:
    """A signatory; any member where the call asks for no signature. Never somebody who only writes along."""
    rule = may_sign if application.stage.call.needs_signatory else may_edit
    return rule(person, application.organisation)


def addressees(application: Application) -> QuerySet[User]:
    """Who gets the letters: the organisation's members of today."""
    return members(application.organisation).filter(is_active=True)
