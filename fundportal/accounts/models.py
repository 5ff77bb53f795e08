from collections.abc import Iterable
from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fundportal import clock
from fundportal.access import ALL, Role, funds_where
from fundportal.accounts.lifecycle import RoleGrantLifecycle
from fundportal.accounts.states import RoleState


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **facts: object) -> "User":
        user = self.model(email=email.strip().lower(), **facts)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **facts: object) -> "User":
        return self.create_user(email, password, is_superuser=True, **facts)

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email=(email or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in. What they may do comes from their role grants alone."""

    email = models.EmailField(_("email address"), unique=True)
    full_name = models.CharField(_("name"), max_length=150)
    language = models.CharField(_("language"), max_length=10, default="en")
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_demo = models.BooleanField(_("made up for the demo"), default=False)
    date_joined = models.DateTimeField(_("since"), default=clock.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ("full_name",)
    is_system = False

    objects = UserManager()

    class Meta:
        ordering = ("full_name", "pk")
        constraints = (models.CheckConstraint(condition=~Q(email=""), name="a_user_has_an_email_address"),)

    def __str__(self) -> str:
        return self.full_name or self.email

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name.split(" ")[0]

    def grants_held(self) -> Iterable[tuple[str, int | None]]:
        """The (role, fund id) pairs in force today; read once per user object."""
        if not hasattr(self, "_grants_held"):
            self._grants_held = list(self.role_grants.in_force().values_list("role", "fund_id"))
        return self._grants_held


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    def in_force(self) -> "RoleGrantQuerySet":
        today = clock.today("UTC")
        open_ended = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
        return self.filter(open_ended, state=RoleState.ACTIVE, starts_on__lte=today).order_by("pk")

    def held_on(self, day: date) -> "RoleGrantQuerySet":
        """Who held what on a day, whatever has ended since; a proposal that nobody approved was never held."""
        approved = Q(state=RoleState.ACTIVE) | Q(state=RoleState.ENDED, approved_at__isnull=False)
        lasted = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
        return self.filter(approved, lasted, starts_on__lte=day).order_by("pk")

    def outlived(self) -> "RoleGrantQuerySet":
        """Still marked in force although their last day has passed."""
        return self.filter(state=RoleState.ACTIVE, ends_on__lt=clock.today("UTC")).order_by("pk")

    def visible_to(self, actor: object) -> "RoleGrantQuerySet":
        funds = funds_where(actor, "roles.view")
        return self if funds == ALL else self.filter(fund__in=funds)


class RoleGrant(RoleGrantLifecycle):
    """A role in one fund, or in every fund when none is named, from a day to a day."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="role_grants")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    fund = models.ForeignKey("funds.Fund", on_delete=models.PROTECT, null=True, blank=True, related_name="role_grants")
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    stands_in_for = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="deputies")

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        ordering = ("user", "role", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="a_role_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=models.F("proposed_by")),
                name="nobody_approves_a_role_they_proposed",
            ),
            models.CheckConstraint(condition=Q(state__in=RoleState.values), name="role_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state=RoleState.PROPOSED) | Q(approved_at__isnull=True),
                name="a_proposed_role_is_not_approved",
            ),
            models.CheckConstraint(
                condition=Q(stands_in_for__isnull=True) | Q(ends_on__isnull=False),
                name="a_deputy_has_a_last_day",
            ),
            models.CheckConstraint(
                condition=Q(stands_in_for__isnull=True) | ~Q(stands_in_for=models.F("user")),
                name="nobody_stands_in_for_themselves",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"


class FactorReset(models.Model):
    """The second keys of somebody who lost them are taken away: proposed by one, carried out by another.

    Open while `ended_at` is empty; carried out when it has `approved_by`, else taken back.
    """

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="factor_resets")
    reason = models.CharField(_("reason"), max_length=300)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_("proposed"), default=clock.now)
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        ordering = ("person", "proposed_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at__isnull=True), name="one_reset_of_keys_is_open_for_a_person"
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=models.F("proposed_by")),
                name="nobody_approves_a_reset_they_proposed",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | Q(ended_at__isnull=False),
                name="a_reset_carried_out_has_ended",
            ),
        )

    def __str__(self) -> str:
        return str(self.person)
