"""The register of local actions: what a local government or its network wrote down that it will do, year by year."""

from decimal import Decimal
from typing import Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fundportal.languages import pick
from fundportal.money import Money
from grants.pledges.search import fold
from grants.pledges.states import Kind, Priority, Reach, Submitter

MONTH = RegexValidator(r"^\d{4}(-(0[1-9]|1[0-2]))?$", _("Write a year, or a year and a month like 2023-10."))


class Country(models.Model):
    code = models.CharField(max_length=2, primary_key=True)
    names = models.JSONField()

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return pick(self.names)


class Source(models.Model):
    """A public document that actions were taken from."""

    code = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=300)
    publisher = models.CharField(max_length=300)
    year = models.CharField(max_length=20)
    language = models.CharField(max_length=12)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return f"{self.title} ({self.year})"


class LocalActionQuerySet(models.QuerySet["LocalAction"]):
    def public(self) -> Self:
        """What anybody may read."""
        return self.filter(published_at__isnull=False)

    def in_reading_order(self) -> Self:
        """Newest year first, those a fund backs before the others, then by name."""
        return self.order_by("-year", "-is_fund_backed", "submitter", "reference")

    def mentioning(self, words: str) -> Self:
        """Those in which every word occurs, in any language, whatever its accents or capitals."""
        found = self
        for word in fold(words).split():
            found = found.filter(search_text__contains=word)
        return found


class LocalAction(models.Model):
    """One entry. Two entries of a joint commitment carry the same `commitment`, so that it counts once."""

    reference = models.SlugField(max_length=20, unique=True)
    commitment = models.SlugField(max_length=60)
    year = models.PositiveSmallIntegerField()
    submitter = models.CharField(max_length=200)
    submitter_names = models.JSONField()
    submitter_kind = models.CharField(max_length=24, choices=Submitter)
    head = models.CharField(max_length=200, blank=True)
    reach = models.CharField(max_length=12, choices=Reach, default=Reach.COUNTRIES)
    countries = models.ManyToManyField(Country, related_name="actions", blank=True)
    titles = models.JSONField()
    printed_title = models.CharField(max_length=400)
    summaries = models.JSONField()
    kind = models.CharField(max_length=12, choices=Kind)
    priority = models.PositiveSmallIntegerField(choices=Priority, null=True, blank=True)
    starts = models.CharField(max_length=7, blank=True, validators=[MONTH])
    ends = models.CharField(max_length=7, blank=True, validators=[MONTH])
    is_ongoing = models.BooleanField(default=False)
    is_fund_backed = models.BooleanField(default=False)
    budget_minor = models.BigIntegerField(null=True, blank=True)
    budget_currency = models.CharField(max_length=3, blank=True)
    people = models.PositiveIntegerField(null=True, blank=True)
    people_units = models.JSONField(default=dict, blank=True)
    latitude = models.DecimalField(max_digits=6, decimal_places=3, null=True, blank=True)
    longitude = models.DecimalField(max_digits=6, decimal_places=3, null=True, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="actions")
    search_text = models.TextField(editable=False, default="")
    published_at = models.DateTimeField(null=True, blank=True)

    objects = LocalActionQuerySet.as_manager()

    class Meta:
        ordering = ("-year", "submitter", "reference")
        indexes = (models.Index(fields=["year", "kind"], name="action_year_kind"),)
        constraints = (
            models.UniqueConstraint(
                fields=["year", "submitter", "printed_title"], name="an_action_is_filed_once_a_year"
            ),
            models.CheckConstraint(condition=Q(year__gte=2022), name="the_register_begins_in_2022"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="an_action_has_a_known_kind"),
            models.CheckConstraint(
                condition=Q(submitter_kind__in=Submitter.values), name="an_action_has_a_known_submitter"
            ),
            models.CheckConstraint(condition=Q(reach__in=Reach.values), name="an_action_has_a_known_reach"),
            models.CheckConstraint(
                condition=Q(priority__isnull=True) | Q(priority__in=Priority.values), name="there_are_eight_priorities"
            ),
            models.CheckConstraint(condition=Q(is_ongoing=False) | Q(ends=""), name="an_ongoing_action_has_no_end"),
            models.CheckConstraint(
                condition=Q(budget_minor__isnull=True, budget_currency="")
                | (Q(budget_minor__isnull=False, budget_minor__gte=0) & ~Q(budget_currency="")),
                name="a_budget_has_an_amount_and_a_currency",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(Decimal(-90), Decimal(90)),
                    longitude__range=(Decimal(-180), Decimal(180)),
                ),
                name="a_place_is_on_the_globe",
            ),
        )

    def __str__(self) -> str:
        return f"{self.reference} {self.submitter}"

    @property
    def title(self) -> str:
        return pick(self.titles)

    @property
    def summary(self) -> str:
        return pick(self.summaries)

    @property
    def submitter_name(self) -> str:
        return pick(self.submitter_names)

    @property
    def people_unit(self) -> str:
        return pick(self.people_units)

    @property
    def budget(self) -> Money | None:
        return None if self.budget_minor is None else Money(self.budget_minor, self.budget_currency)
