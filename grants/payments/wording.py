"""What the record says of accounts, payments and the bank's statement."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "bank_details.propose": _("Bank details given"),
    "bank_details.read": _("Full account number read"),
    "bank_details.verify": _("Bank details checked"),
    "bank_details.activate": _("Bank details in use"),
    "bank_details.refuse": _("Bank details refused"),
    "bank_details.supersede": _("Bank details replaced by newer ones"),
    "paying_accounts.keep": _("Numbers of the fund’s own account kept"),
    "payment_runs.draft": _("Payment run begun"),
    "payment_runs.add": _("Payment put into the run"),
    "payment_runs.remove": _("Payment taken out of the run"),
    "payment_runs.stand_for": _("Payment run approved by one of two people"),
    "payment_runs.approve": _("Payment run ready for the bank"),
    "payment_runs.export": _("Payment run given to the bank"),
    "payment_runs.make_file": _("Payment file made"),
    "payment_runs.read_file": _("Payment file downloaded"),
    "payment_runs.settle": _("Every payment of the run accounted for"),
    "payment_runs.cancel": _("Payment run cancelled"),
    "bank_lines.import": _("Bank statement read in"),
    "bank_lines.match": _("Bank line recognised as a payment"),
    "bank_lines.return": _("Bank line recognised as unspent grant money"),
    "bank_lines.explain": _("Bank line explained"),
}
