"""An invitation to apply for a fund's money: for what, for whom, how much, until when, judged by what."""

from datetime import datetime
from typing import Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fundportal import clock
from fundportal.access import ALL, funds_where
from fundportal.funds.models import Fund, Purpose
from fundportal.languages import pick
from fundportal.money.fields import CurrencyField, MinorUnitsField, money_property
from grants.calls.lifecycle import CallLifecycle
from grants.calls.models.dates import DATES_OF_A_CALL
from grants.calls.states import CANCELLED, DRAFT, FORECAST, OPEN, CallState

PREFIX = RegexValidator(r"^[A-Z][A-Z0-9]{1,7}$", _("Use two to eight capital letters and digits, like PW27."))


class CallQuerySet(models.QuerySet["Call"]):
    def visible_to(self, actor: object) -> Self:
        funds = funds_where(actor, "calls.view")
        return self if funds == ALL else self.filter(fund__in=funds)

    def public(self) -> Self:
        """Announced, at whatever it stands now; one that was cancelled before anybody read of it is not."""
        return self.filter(published_at__isnull=False)

    def waiting_to_open(self, at: datetime) -> Self:
        """Announced, with a stage that has reached its opening."""
        return self.filter(state=FORECAST, stages__opens_at__lte=at).distinct()


class Call(CallLifecycle):
    """Amounts are minor units of `currency`; a draft may still lack them.

    `prefix` begins the reference of every application (PW27-0012). `texts` holds a text per language for each Topic.
    `applicant_kinds` are kinds of organisations, `languages` the codes in which the call is published.
    `screening_rules` is the check list, each {"key", "texts"}. `version` grows with every change of the call, its
    stages or its criteria: a form that was filled in against an older one is refused.
    """

    code = models.SlugField(_("code"), unique=True)
    prefix = models.CharField(_("prefix of references"), max_length=8, unique=True, validators=[PREFIX])
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="calls")
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="calls")
    titles = models.JSONField(_("titles"), default=dict)
    summaries = models.JSONField(_("summaries"), default=dict)
    texts = models.JSONField(_("texts"), default=dict)
    budget_minor = MinorUnitsField(_("budget"), null=True)
    minimum_minor = MinorUnitsField(_("smallest grant"), null=True)
    maximum_minor = MinorUnitsField(_("largest grant"), null=True)
    currency = CurrencyField(_("currency"))
    applicant_kinds = models.JSONField(_("who may apply"), default=list)
    languages = models.JSONField(_("languages"), default=list)
    most_per_organisation = models.PositiveSmallIntegerField(_("applications of one organisation"), default=1)
    needs_signatory = models.BooleanField(_("only a signatory may send an application"), default=True)
    reviewers_wanted = models.PositiveSmallIntegerField(_("reviewers of each application"), default=3)
    screening_rules = models.JSONField(_("check list for screening"), default=list)
    conflict_window_days = models.PositiveSmallIntegerField(_("days to declare conflicts"), null=True)
    burden_hours = models.PositiveSmallIntegerField(_("hours an application takes"), null=True)
    decision_by_on = models.DateField(_("applicants hear by"), null=True)
    cancel_reason = models.TextField(_("why it is cancelled, in public"), blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("begun"), default=clock.now, editable=False)

    budget = money_property("budget_minor", "currency")
    minimum = money_property("minimum_minor", "currency")
    maximum = money_property("maximum_minor", "currency")
    objects = CallQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        indexes = (models.Index(fields=["fund", "state"], name="calls_of_a_fund_by_state"),)
        constraints = (
            models.CheckConstraint(condition=Q(budget_minor__gt=0), name="a_call_has_money_to_give"),
            models.CheckConstraint(condition=Q(minimum_minor__gt=0), name="a_smallest_grant_is_more_than_nothing"),
            models.CheckConstraint(
                condition=Q(maximum_minor__gte=F("minimum_minor")), name="a_largest_grant_is_not_below_the_smallest"
            ),
            models.CheckConstraint(
                condition=Q(maximum_minor__lte=F("budget_minor")), name="a_largest_grant_fits_into_the_budget"
            ),
            models.CheckConstraint(
                condition=Q(most_per_organisation__gte=1), name="an_organisation_may_apply_to_a_call_once_or_more"
            ),
            models.CheckConstraint(condition=Q(reviewers_wanted__gte=1), name="somebody_reviews_an_application"),
            models.CheckConstraint(
                condition=~Q(state=CANCELLED) | ~Q(cancel_reason=""), name="a_cancelled_call_says_why"
            ),
            *DATES_OF_A_CALL,
        )

    def __str__(self) -> str:
        return self.title or self.code

    @property
    def title(self) -> str:
        return pick(self.titles)

    @property
    def summary(self) -> str:
        return pick(self.summaries)

    @property
    def is_draft(self) -> bool:
        return self.state == DRAFT

    @property
    def is_open(self) -> bool:
        return self.state == OPEN

    @property
    def word(self) -> str:
        return str(CallState(self.state).label)
