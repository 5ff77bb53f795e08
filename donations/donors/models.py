from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fundportal import clock
from fundportal.funds.models import Fund

LONGEST_NAME = 200
LONGEST_EMAIL = 254


class Donor(models.Model):
    """Who gave to a fund, as they wrote it.

    Nobody proves an address by typing it, so a form never changes a donor that is there: another name at the same
    address is another donor. Each fund keeps its own donors; one fund does not see another's.
    """

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="donors")
    name = models.CharField(_("name for the receipt"), max_length=LONGEST_NAME)
    email = models.EmailField(_("email address"), max_length=LONGEST_EMAIL, db_index=True)
    created_at = models.DateTimeField(_("since"), default=clock.now, editable=False)

    class Meta:
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["fund", "email", "name"], name="a_donor_is_one_name_at_one_address_of_a_fund"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="a_donor_has_a_name"),
            models.CheckConstraint(condition=~Q(email=""), name="a_donor_has_an_email_address"),
        )

    def __str__(self) -> str:
        return self.name
