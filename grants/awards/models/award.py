"""What a fund promises to one organisation after an announced decision, and what became of the promise."""

from dataclasses import dataclass
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fundportal import clock
from fundportal.access import ALL, funds_where
from fundportal.money import Money
from fundportal.money.fields import CurrencyField, MinorUnitsField, money_property
from fundportal.organisations.models import Membership
from fundportal.organisations.queries import conflicted_ids
from grants.awards.lifecycle import AwardLifecycle
from grants.awards.states import ENDED_AT_ONCE, ENDED_EARLY, PAID, RUNNING, AwardState, ChangeKind, Settlement


@dataclass(frozen=True)
class Unspent:
    """What was paid, and what became of the part that was not spent; `spent` is none until that is known."""

    paid: Money
    spent: Money | None
    returned: Money
    kept: Money
    waived: Money

    @property
    def to_return(self) -> Money:
        """What the accepted final report leaves over, less what is settled."""
        zero = Money.zero(self.paid.currency)
        if self.spent is None:
            return zero
        return max(zero, self.paid - self.spent - self.returned - self.kept - self.waived)

    @property
    def may_come_back(self) -> Money:
        """The most that may be returned: what was paid, less what is known to be spent or is back already."""
        spent = self.spent or Money.zero(self.paid.currency)
        return max(Money.zero(self.paid.currency), self.paid - spent - self.returned)


class AwardQuerySet(models.QuerySet["Award"]):
    def visible_to(self, actor: object) -> Self:
        """The grantee's people; and the staff of the fund, but for conflicts of interest."""
        if getattr(actor, "is_system", False):
            return self
        if not getattr(actor, "is_authenticated", False):
            return self.none()
        return self.filter(Q(pk__in=self._held_by(actor)) | Q(pk__in=self.of_office(actor).values("pk")))

    def of_grantee(self, person: object) -> Self:
        """Awards of the organisations this person works for today."""
        return self.filter(pk__in=self._held_by(person))

    def of_office(self, person: object) -> Self:
        funds = funds_where(person, "awards.view")
        free = self.exclude(organisation__in=conflicted_ids(person))
        return free if funds == ALL else free.filter(fund__in=funds)

    def running(self) -> Self:
        return self.filter(state__in=RUNNING)

    def _held_by(self, person: object) -> models.QuerySet:
        ours = Membership.objects.in_force().filter(user=getattr(person, "pk", None)).values("organisation")
        return Award.objects.filter(organisation__in=ours).order_by().values("pk")


class Award(AwardLifecycle):
    """Its reference is its application's: one number for the whole life of a grant.

    `amount` is what is promised now, changes and early ends included; `offered` is what the body decided; `spent` what
    the accepted final report says was spent of it, none before and where no report asks for figures.
    `version` counts every change of it, so that a page that has grown old is told so.
    """

    reference = models.CharField(_("reference"), max_length=24, unique=True, editable=False)
    application = models.OneToOneField("applications.Application", on_delete=models.PROTECT, related_name="award")
    decision = models.OneToOneField("decisions.Decision", on_delete=models.PROTECT, related_name="award")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="awards")
    fund = models.ForeignKey("funds.Fund", on_delete=models.PROTECT, related_name="awards")
    purpose = models.ForeignKey("funds.Purpose", on_delete=models.PROTECT, related_name="awards")
    amount_minor = MinorUnitsField(_("amount"))
    offered_minor = MinorUnitsField(_("amount offered"))
    spent_minor = MinorUnitsField(_("spent"), null=True, editable=False)
    currency = CurrencyField(_("currency"))
    title = models.CharField(_("title"), max_length=300)
    language = models.CharField(_("language"), max_length=10, default="en")
    starts_on = models.DateField(_("starts"))
    ends_on = models.DateField(_("ends"))
    respond_by = models.DateField(_("to be accepted by"))
    version = models.PositiveIntegerField(default=1, editable=False)
    offered_at = models.DateTimeField(_("offered"), default=clock.now, editable=False)
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    amount = money_property("amount_minor", "currency")
    offered = money_property("offered_minor", "currency")
    spent = money_property("spent_minor", "currency")
    objects = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = _("award")
        ordering = ("reference",)
        indexes = (
            models.Index(fields=["fund", "state", "reference"], name="awards_of_a_fund"),
            models.Index(fields=["state", "respond_by"], name="awards_to_answer"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(state__in=AwardState.values), name="award_state_is_known"),
            models.CheckConstraint(condition=Q(offered_minor__gt=0), name="an_award_offers_more_than_nothing"),
            models.CheckConstraint(
                condition=Q(spent_minor=None) | Q(spent_minor__gte=0), name="an_award_is_not_spent_below_nothing"
            ),
            models.CheckConstraint(
                condition=Q(state__in=(*ENDED_EARLY, AwardState.CLOSED), amount_minor__gte=0) | Q(amount_minor__gt=0),
                name="an_award_that_stands_promises_more_than_nothing",
            ),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="an_award_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(state__in=(AwardState.OFFERED, AwardState.DECLINED, AwardState.LAPSED), accepted_at=None)
                | Q(state=AwardState.RESCINDED)
                | ~Q(state__in=(AwardState.OFFERED, *ENDED_AT_ONCE)) & Q(accepted_at__isnull=False),
                name="an_award_is_accepted_exactly_when_it_says_when",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(*RUNNING, AwardState.CLOSED, AwardState.TERMINATED), activated_at__isnull=False)
                | ~Q(state__in=(*RUNNING, AwardState.CLOSED, AwardState.TERMINATED)) & Q(activated_at=None),
                name="an_award_runs_exactly_when_it_says_since_when",
            ),
            models.CheckConstraint(
                condition=(Q(state=AwardState.SUSPENDED, suspended_at__isnull=False) & ~Q(suspend_reason=""))
                | ~Q(state=AwardState.SUSPENDED) & Q(suspended_at=None, suspend_reason=""),
                name="an_award_is_suspended_exactly_when_it_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state=AwardState.CLOSED) ^ Q(closed_at=None),
                name="an_award_is_closed_exactly_when_it_says_when",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ENDED_EARLY) ^ Q(ended_at=None),
                name="an_award_ended_early_exactly_when_it_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=ENDED_EARLY) | Q(state=AwardState.LAPSED) | ~Q(end_reason=""),
                name="an_award_that_somebody_ended_says_why",
            ),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def payable_account(self) -> str:
        """Where the books keep what is promised and not instructed yet."""
        return f"grants_payable:{self.reference}"

    @property
    def unspent(self) -> Unspent:
        """Reads the payments and settlements, from prefetched rows where there are some."""
        sums = dict.fromkeys(Settlement, Money.zero(self.currency))
        for row in self.settlements.all():
            sums[Settlement(row.kind)] += row.amount
        gone = [one.amount for one in self.tranches.all() if one.state in PAID]
        paid = sum(gone, Money.zero(self.currency))
        return Unspent(
            paid, self.spent, *(sums[kind] for kind in (Settlement.RETURNED, Settlement.KEPT, Settlement.WAIVED))
        )


class AwardChange(models.Model):
    """The amount went up or down. `amount` is the difference, below zero where money became free; never rewritten."""

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(_("what happened"), max_length=20, choices=ChangeKind)
    amount_minor = MinorUnitsField(_("difference"))
    currency = CurrencyField(_("currency"))
    reason = models.CharField(_("why"), max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now, editable=False)

    amount = money_property("amount_minor", "currency")

    class Meta:
        ordering = ("award", "at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind=ChangeKind.RAISED, amount_minor__gt=0)
                | ~Q(kind=ChangeKind.RAISED) & Q(amount_minor__lt=0),
                name="an_award_is_raised_by_more_and_lowered_by_less_than_nothing",
            ),
        )

    def __str__(self) -> str:
        return f"{self.award_id}: {self.amount}"
