"""The act by which a council, a board or a delegated officer decides, and what it decides line by line."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fundportal import clock
from fundportal.access import ALL, Actor, funds_where
from fundportal.money.fields import CurrencyField, MinorUnitsField, money_property
from grants.decisions.lifecycle import DeliberationLifecycle
from grants.decisions.states import Body, DeliberationState, Instrument, Outcome


class DeliberationQuerySet(models.QuerySet["Deliberation"]):
    def visible_to(self, actor: Actor) -> Self:
        funds = funds_where(actor, "decisions.view")
        return self if funds == ALL else self.filter(call__fund__in=funds)


class Deliberation(DeliberationLifecycle):
    """`reference`, `held_on` and the votes are the body's own; `release_at` is when every letter leaves at once."""

    call = models.ForeignKey("calls.Call", on_delete=models.PROTECT, related_name="deliberations")
    body = models.CharField(_("who decides"), max_length=20, choices=Body)
    instrument = models.CharField(_("instrument"), max_length=20, choices=Instrument)
    reference = models.CharField(_("reference"), max_length=80, blank=True)
    held_on = models.DateField(_("day of the meeting"), null=True, blank=True)
    votes_for = models.PositiveSmallIntegerField(_("votes for"), null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(_("votes against"), null=True, blank=True)
    abstentions = models.PositiveSmallIntegerField(_("abstentions"), null=True, blank=True)
    legal_basis = models.CharField(_("legal basis"), max_length=300, blank=True)
    annex = models.ForeignKey("documents.Document", on_delete=models.PROTECT, null=True, related_name="+")
    release_at = models.DateTimeField(_("everybody is told at"), null=True, blank=True)
    return_reason = models.CharField(_("what the body asks for"), max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(default=clock.now, editable=False)

    objects = DeliberationQuerySet.as_manager()

    class Meta:
        ordering = ("-prepared_at", "-pk")
        indexes = (models.Index(fields=["state", "release_at"], name="deliberations_to_release"),)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=DeliberationState.values), name="deliberation_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state__in=(DeliberationState.ADOPTED, DeliberationState.RELEASED))
                | Q(adopted_at__isnull=False, release_at__isnull=False, held_on__isnull=False),
                name="an_adopted_deliberation_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(state=DeliberationState.RELEASED, released_at__isnull=False)
                | ~Q(state=DeliberationState.RELEASED) & Q(released_at__isnull=True),
                name="a_deliberation_is_announced_exactly_when_it_says_when",
            ),
        )

    def __str__(self) -> str:
        return self.reference or f"{self.call} · {self.prepared_at:%Y-%m-%d}"


class Decision(models.Model):
    """One line of a deliberation. `feedback` is what the letter says beside the marks, in the applicant's language.

    It stops being effective when its list is rejected, when it is taken back, or when its application has left.
    """

    deliberation = models.ForeignKey(Deliberation, on_delete=models.PROTECT, related_name="decisions")
    application = models.ForeignKey("applications.Application", on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(_("decision"), max_length=20, choices=Outcome)
    amount_minor = MinorUnitsField(_("amount"), null=True)
    currency = CurrencyField(_("currency"), blank=True)
    departure_reason = models.TextField(_("why the body departs from the recommendation"), blank=True)
    feedback = models.TextField(_("what the letter says"), blank=True)
    is_effective = models.BooleanField(default=True, editable=False)
    listed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    amount = money_property("amount_minor", "currency")

    class Meta:
        ordering = ("deliberation", "application__reference")
        constraints = (
            models.UniqueConstraint(
                fields=["application"], condition=Q(is_effective=True), name="one_effective_decision_per_application"
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.APPROVE, amount_minor__gt=0)
                | Q(outcome=Outcome.DECLINE, amount_minor__isnull=True),
                name="an_approval_has_an_amount_and_a_refusal_none",
            ),
        )

    def __str__(self) -> str:
        return f"{self.application}: {self.get_outcome_display()}"


class Approval(models.Model):
    """One of the people who stand for a deliberation. Sending it back voids what was approved before."""

    deliberation = models.ForeignKey(Deliberation, on_delete=models.PROTECT, related_name="approvals")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint(fields=["deliberation", "by"], name="a_person_approves_a_deliberation_once"),
        )

    def __str__(self) -> str:
        return f"{self.deliberation}: {self.by}"


class BudgetHold(models.Model):
    """Money set aside by an adopted decision until its award is in the books, or the decision falls.

    Not a posting: no figure in public counts it. Written under the lock of the fund, so that a budget is never
    promised twice.
    """

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="hold")
    purpose = models.ForeignKey("funds.Purpose", on_delete=models.PROTECT, related_name="budget_holds")
    amount_minor = MinorUnitsField(_("amount"))
    currency = CurrencyField(_("currency"))
    placed_at = models.DateTimeField(default=clock.now, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    is_committed = models.BooleanField(_("became an award"), default=False)

    amount = money_property("amount_minor", "currency")

    class Meta:
        ordering = ("placed_at", "pk")
        indexes = (models.Index(fields=["purpose", "ended_at"], name="budget_holds_in_force"),)
        constraints = (
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="a_budget_hold_is_more_than_nothing"),
            models.CheckConstraint(
                condition=Q(is_committed=False) | Q(ended_at__isnull=False), name="a_committed_hold_has_ended"
            ),
        )

    def __str__(self) -> str:
        return f"{self.decision}: {self.amount}"
