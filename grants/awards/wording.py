"""What the record says of awards and of all that hangs on them."""

from django.utils.translation import gettext_lazy as _

AWARDS = {
    "awards.offer": _("Award offered, money promised in the books"),
    "awards.change_terms": _("Terms of the offer changed"),
    "awards.accept": _("Award accepted"),
    "awards.activate": _("Award under way"),
    "awards.decline": _("Award declined by the grantee, its money free again"),
    "awards.lapse": _("Award not accepted in time, its money free again"),
    "awards.rescind": _("Award taken back, its money free again"),
    "awards.suspend": _("Award suspended"),
    "awards.resume": _("Award goes on"),
    "awards.change_amount": _("Amount of the award changed"),
    "awards.move_end": _("Last day of the award moved"),
    "awards.change_budget": _("Budget of the award changed"),
    "awards.note_spending": _("Spending of the award known from its final report"),
    "awards.take_back": _("Unspent money of the award returned"),
    "awards.let_keep": _("Unspent money of the award kept by agreement"),
    "awards.waive_unspent": _("Unspent money of the award not asked back"),
    "awards.begin_closing": _("Closing of the award begun"),
    "awards.close": _("Award closed"),
    "awards.terminate": _("Award ended early, what was not paid is free again"),
}
AGREEMENTS = {
    "agreements.change_wording": _("Wording of the fund’s agreements changed"),
    "agreements.prepare": _("Agreement written"),
    "agreements.change": _("Text of the agreement changed"),
    "agreements.send": _("Agreement sent to the grantee"),
    "agreements.ask_for_change": _("Grantee asked for a change of the agreement"),
    "agreements.approve_text": _("Text of the agreement approved by one side"),
    "agreements.agree": _("Text of the agreement approved by both sides"),
    "agreements.begin_signing": _("Signing begun"),
    "agreements.sign": _("Agreement signed by one side"),
    "agreements.execute": _("Agreement signed by both sides"),
    "agreements.annul": _("Agreement void before both had signed"),
    "agreements.supersede": _("Agreement replaced by a newer one"),
}
AMENDMENTS = {
    "amendments.propose": _("Change of the grant written"),
    "amendments.rewrite": _("Change of the grant written anew"),
    "amendments.submit": _("Change of the grant sent to the fund"),
    "amendments.stand_for": _("Change of the grant approved by one person"),
    "amendments.approve": _("Change of the grant approved"),
    "amendments.reject": _("Change of the grant refused"),
    "amendments.withdraw": _("Change of the grant withdrawn"),
    "amendments.execute": _("Change of the grant agreed by both sides"),
    "amendments.apply": _("Change of the grant in force"),
}
TRANCHES = {
    "tranches.plan": _("Payment planned"),
    "tranches.meet_condition": _("Condition of a payment met"),
    "tranches.waive_condition": _("Condition of a payment waived"),
    "tranches.get_ready": _("Payment may be requested"),
    "tranches.request": _("Payment requested by the grantee"),
    "tranches.stand_for": _("Payment approved by one person"),
    "tranches.approve": _("Payment approved"),
    "tranches.instruct": _("Payment given to the bank"),
    "tranches.fail": _("Payment refused by the bank"),
    "tranches.pay": _("Payment made"),
    "tranches.reconcile": _("Payment found on the statement"),
    "tranches.come_back": _("Payment sent back by the bank"),
    "tranches.try_again": _("Payment that came back may be requested again"),
    "tranches.hold": _("Payment put on hold"),
    "tranches.release": _("Hold of a payment ended"),
    "tranches.cancel": _("Payment cancelled"),
}
REPORTS = {
    "reports_due.open": _("Report may be written"),
    "reports_due.submit": _("Report received"),
    "reports_due.ask_for_changes": _("Report sent back with a question"),
    "reports_due.accept": _("Report accepted"),
    "reports_due.move_days": _("Days of a report moved"),
    "reports_due.waive": _("Report not needed any more"),
}
ACTIONS = AWARDS | AGREEMENTS | AMENDMENTS | TRANCHES | REPORTS
