"""What the record says of reports; their moves from state to state are worded by the awards that owe them."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "reports.remind": _("Reminded of a report"),
    "reports.publish": _("Report cleared for everybody"),
    "reports.unpublish": _("Report taken off the public page"),
}
