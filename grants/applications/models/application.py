"""What one organisation asks of one call, from the first line of its draft to the announced decision."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fundportal import clock
from fundportal.access import ALL, funds_where
from fundportal.funds.models import Fund
from fundportal.money.fields import CurrencyField, MinorUnitsField, money_property
from fundportal.organisations.models import Membership
from fundportal.organisations.queries import conflicted_ids
from grants.applications.lifecycle import ApplicationLifecycle
from grants.applications.states import NEVER_SENT, RECEIVED, ApplicationState, public_word

if TYPE_CHECKING:
    from grants.applications.models.revision import Revision


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, actor: object) -> Self:
        """Those who write it; and the staff of the fund from the moment it is sent, but for conflicts of interest."""
        if getattr(actor, "is_system", False):
            return self
        if not getattr(actor, "is_authenticated", False):
            return self.none()
        return self.filter(Q(pk__in=self._written_by(actor)) | Q(pk__in=self.of_office(actor).values("pk")))

    def written_by(self, person: object) -> Self:
        """The organisation's members today, and whoever they let write along."""
        return self.filter(pk__in=self._written_by(person))

    def of_office(self, person: object) -> Self:
        """What reached the funds this person works for. A draft is nobody's business but its writers'."""
        funds = funds_where(person, "applications.view")
        sent = self.filter(submitted_at__isnull=False).exclude(organisation__in=conflicted_ids(person))
        return sent if funds == ALL else sent.filter(stage__call__fund__in=funds)

    def received(self) -> Self:
        return self.filter(submitted_at__isnull=False)

    def _written_by(self, person: object) -> models.QuerySet:
        pk = getattr(person, "pk", None)
        ours = Membership.objects.in_force().filter(user=pk).values("organisation")
        written = Application.objects.filter(Q(organisation__in=ours) | Q(collaborators__user=pk))
        return written.order_by().values("pk")


def _dated(state: str, column: str, name: str) -> models.CheckConstraint:
    condition = Q(state=state, **{f"{column}__isnull": False}) | (~Q(state=state) & Q(**{f"{column}__isnull": True}))
    return models.CheckConstraint(condition=condition, name=name)


class Application(ApplicationLifecycle):
    """`title` and the amount are those of the standing revision; before there is one, those of the draft.

    `version` counts every change of it, so that a page that has grown old is told so.
    """

    reference = models.CharField(_("reference"), max_length=24, unique=True, editable=False)
    stage = models.ForeignKey("calls.Stage", on_delete=models.PROTECT, related_name="applications")
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="applications"
    )
    predecessor = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="successor", editable=False
    )
    title = models.CharField(_("title"), max_length=300, blank=True)
    requested_minor = MinorUnitsField(_("amount asked for"), null=True)
    currency = CurrencyField(_("currency"), blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    version = models.PositiveIntegerField(default=1, editable=False)
    started_at = models.DateTimeField(_("begun"), default=clock.now, editable=False)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    requested = money_property("requested_minor", "currency")
    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        ordering = ("reference",)
        indexes = (
            models.Index(fields=["stage", "state", "reference"], name="applications_of_a_stage"),
            models.Index(fields=["organisation", "stage"], name="applications_of_one_applicant"),
            models.Index(fields=["state", "-submitted_at"], name="applications_by_state"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=NEVER_SENT, submitted_at__isnull=True)
                | Q(state__in=RECEIVED, submitted_at__isnull=False)
                | Q(state=ApplicationState.WITHDRAWN),
                name="an_application_is_received_exactly_when_it_says_when",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(ApplicationState.ON_HOLD, ApplicationState.WITHDRAWN)) ^ Q(resumes_to=""),
                name="an_application_at_rest_knows_where_it_came_from",
            ),
            models.CheckConstraint(
                condition=Q(requested_minor__isnull=True) | (Q(requested_minor__gt=0) & ~Q(currency="")),
                name="an_application_asks_for_more_than_nothing_in_a_currency",
            ),
            models.CheckConstraint(
                condition=Q(unlocked_at__isnull=True)
                | Q(state__in=(ApplicationState.SUBMITTED, ApplicationState.ON_HOLD)),
                name="only_a_received_application_is_changed_again",
            ),
            models.CheckConstraint(condition=~Q(predecessor=models.F("pk")), name="an_application_follows_another"),
            _dated(ApplicationState.LAPSED, "lapsed_at", "an_application_lapsed_exactly_when_it_says_when"),
            _dated(ApplicationState.ON_HOLD, "held_at", "an_application_is_held_exactly_when_it_says_since_when"),
            _dated(ApplicationState.WITHDRAWN, "withdrawn_at", "an_application_is_withdrawn_exactly_when_it_says_when"),
            _dated(
                ApplicationState.DISQUALIFIED, "disqualified_at", "an_application_is_disqualified_exactly_when_dated"
            ),
            _dated(ApplicationState.INELIGIBLE, "ineligible_at", "an_application_is_ineligible_exactly_when_dated"),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def fund(self) -> Fund:
        """Reads stage, call and fund."""
        return self.stage.call.fund

    @property
    def standing_in_public(self) -> str:
        """What a refused move says of it; before the release it gives nothing of the decision away."""
        return str(public_word(self.state, is_released=self.released_at is not None).label)

    @property
    def standing(self) -> "Revision | None":
        """The last revision that was sent: the one that counts, whatever is being written meanwhile."""
        return self.revisions.order_by("-number").first()

    @property
    def is_open_for_writing(self) -> bool:
        if self.state == ApplicationState.SUBMITTED:
            return self.unlocked_at is not None
        return self.state in {ApplicationState.DRAFT, ApplicationState.INFO_REQUESTED}
