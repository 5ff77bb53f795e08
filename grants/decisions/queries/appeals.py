"""Appeals against announced decisions: who may file one, which wait for an answer, who is told."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from fundportal import clock
from fundportal.access import ALL, funds_where, may
from fundportal.accounts.models import RoleGrant, User
from fundportal.funds.models import Fund
from fundportal.organisations.models import Conflict, Membership, Organisation
from fundportal.waiting import Waiting
from grants.applications.models import Application
from grants.applications.states import APPEAL_WINDOW, ApplicationState
from grants.calls.models import Call
from grants.decisions.models import Appeal
from grants.decisions.permissions import ANSWER, CLERK_VOICE, MANAGER_VOICE
from grants.decisions.states import AppealState

VOICES = ("manager", "clerk")


def latest_appeal(application: Application) -> Appeal | None:
    return application.appeals.order_by("-filed_at", "-pk").first()


def may_be_appealed(application: Application, latest: Appeal | None) -> bool:
    """Declined, announced within the window, and not appealed since."""
    if application.state != ApplicationState.DECLINED or application.released_at is None:
        return False
    in_time = clock.now() <= application.released_at + APPEAL_WINDOW
    return in_time and (latest is None or latest.filed_at < application.released_at)


def appeals_of(call: Call, viewer: User) -> list[Appeal]:
    found = Appeal.objects.visible_to(viewer).filter(application__stage__call=call)
    return list(found.select_related("application__organisation").order_by("application__reference", "pk"))


def has_both_voices(first: User, second: User, fund: Fund) -> bool:
    """One of the two speaks as a manager and the other as a clerk of the body."""
    pairs = ((first, second), (second, first))
    return any(may(one, MANAGER_VOICE, fund) and may(other, CLERK_VOICE, fund) for one, other in pairs)


def people_who_answer(fund: Fund, organisation: Organisation) -> QuerySet[User]:
    """Managers and clerks of the fund without a tie to the organisation."""
    held = RoleGrant.objects.in_force().filter(Q(fund=fund) | Q(fund__isnull=True), role__in=VOICES)
    declared = Conflict.objects.in_force().filter(organisation=organisation).values("person")
    joined = Membership.objects.in_force().filter(organisation=organisation).values("user")
    free = User.objects.filter(pk__in=held.order_by().values("user"), is_active=True)
    return free.exclude(Q(pk__in=declared) | Q(pk__in=joined)).order_by("pk")


def appeals_to_answer(user: User) -> Iterator[Waiting]:
    """Filed, and not yet answered or answered by somebody else."""
    funds = funds_where(user, ANSWER)
    if not funds:
        return
    found = Appeal.objects.visible_to(user).filter(state=AppealState.FILED)
    wanted = found.exclude(answered_by=user.pk).select_related("application")
    seen = wanted if funds == ALL else wanted.filter(application__stage__call__fund__in=funds)
    for appeal in seen.order_by("filed_at", "pk"):
        sentence = _("%(reference)s: an appeal against the decision waits for an answer.")
        words = {"reference": appeal.application.reference}
        yield Waiting(sentence % words, reverse("decisions:appeal", args=[appeal.pk]))
