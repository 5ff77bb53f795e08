"""What the record says of calls in plain words."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "calls.create": _("Call begun"),
    "calls.edit": _("Call rewritten"),
    "calls.set_stage": _("Stage of a call written"),
    "calls.remove_stage": _("Stage of a call removed"),
    "calls.set_criterion": _("Criterion written"),
    "calls.move_criterion": _("Criterion moved"),
    "calls.remove_criterion": _("Criterion removed"),
    "calls.publish": _("Call announced"),
    "calls.withdraw": _("Call taken back"),
    "calls.open": _("Call opened"),
    "calls.extend": _("Deadline moved"),
    "calls.amend_form": _("Questions of an open call made clearer"),
    "calls.close": _("Call closed"),
    "calls.reopen": _("Call opened again"),
    "calls.start_assessment": _("Assessment begun"),
    "calls.conclude": _("Call decided"),
    "calls.archive": _("Call archived"),
    "calls.cancel": _("Call cancelled"),
}
