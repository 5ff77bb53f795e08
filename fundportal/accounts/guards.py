from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from fundportal import clock
from fundportal.lifecycle import guard

if TYPE_CHECKING:
    from fundportal.accounts.lifecycle import RoleGrantLifecycle


@guard(_("The last day of this role has passed. Propose it again with other dates."))
def has_days_left(grant: "RoleGrantLifecycle") -> bool:
    return grant.ends_on is None or grant.ends_on >= clock.today("UTC")
