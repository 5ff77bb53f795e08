from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PaymentsConfig(AppConfig):
    name = "grants.payments"
    label = "payments"
    verbose_name = _("Payments")

    def ready(self) -> None:
        from fundportal import due
        from fundportal.audit import wording
        from fundportal.ledger import invariants
        from fundportal.mail.editable import declare
        from fundportal.waiting import register_waiting
        from grants.payments import desk
        from grants.payments.letters import LETTERS
        from grants.payments.queries import proofs, waiting
        from grants.payments.queries.payable import next_activation_at
        from grants.payments.wording import ACTIONS

        wording.register(ACTIONS)
        declare(*LETTERS)
        desk.register()
        invariants.register("what is in transit is at the bank", proofs.in_transit_is_what_is_not_confirmed)
        invariants.register("each payment is booked once", proofs.each_payment_is_booked_once)
        invariants.register("no award is paid beyond its amount", proofs.no_award_is_overpaid)
        invariants.register("each line of a statement is booked", proofs.each_bank_line_is_booked)
        invariants.register("each return of unspent money has its line", proofs.each_return_has_its_line)
        invariants.register("no run is settled before its payments", proofs.no_run_is_settled_too_early)
        for source in (waiting.to_check, waiting.to_pay, waiting.to_approve, waiting.to_export, waiting.to_explain):
            register_waiting(source)
        due.register(_("Changed bank details come into use"), next_activation_at)
