from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "campaigns.close": _("Campaign closed"),
    "campaigns.reopen": _("Campaign opened again"),
}
