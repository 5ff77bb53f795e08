"""What the record says of reviews."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "reviews.propose_reopening": _("Opening a closed call again proposed"),
    "reviews.drop_reopening": _("Proposal to open a call again dropped"),
    "reviews.open_panel": _("Panel opened"),
    "reviews.change_panel": _("Panel changed"),
    "reviews.add_member": _("Reviewer added to the panel"),
    "reviews.remove_member": _("Reviewer taken off the panel"),
    "reviews.ask_for_plan": _("Plan of who reads what asked for"),
    "reviews.draw_plan": _("Plan of who reads what drawn up"),
    "reviews.change_plan": _("Plan changed by hand"),
    "reviews.approve_plan": _("Plan approved"),
    "reviews.discard_plan": _("Plan discarded"),
    "reviews.invite": _("Reviewer asked to read"),
    "reviews.accept": _("Reviewer agreed to read"),
    "reviews.decline": _("Reviewer declined"),
    "reviews.recuse": _("Reviewer recused"),
    "reviews.expire": _("Invitation to read not answered in time"),
    "reviews.remove": _("Reviewer taken off an application"),
    "reviews.begin": _("Review begun"),
    "reviews.submit": _("Review handed in"),
    "reviews.hand_back": _("Review handed back with a question"),
    "reviews.amend_score": _("Score changed after discussion"),
    "reviews.seal": _("Review sealed"),
}
