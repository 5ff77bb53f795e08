from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GiftsConfig(AppConfig):
    name = "donations.gifts"
    label = "gifts"
    verbose_name = _("Gifts")

    def ready(self) -> None:
        from donations.gifts.permissions import VIEW
        from donations.gifts.queries import gifts_received, next_expiry_at, refunds_paid, refunds_to_decide
        from donations.gifts.queries.proofs import PROOFS
        from donations.gifts.search import GIFTS
        from donations.gifts.services.events import follow_event
        from donations.gifts.wording import ACTIONS
        from donations.stripe import inbox
        from fundportal import due
        from fundportal.audit import wording
        from fundportal.context import office_page
        from fundportal.ledger import invariants
        from fundportal.search import register_search
        from fundportal.waiting import register_changes, register_waiting

        for prefix in ("checkout.session", "payment_intent", "charge", "refund"):
            inbox.on(prefix, follow_event)
        for name, check in PROOFS.items():
            invariants.register(name, check)
        wording.register(ACTIONS)
        office_page(_("Gifts"), "gifts:gifts", permission=VIEW, position=10)
        register_waiting(refunds_to_decide)
        register_changes(gifts_received)
        register_changes(refunds_paid)
        register_search(GIFTS, position=50)
        due.register(_("A payment page closes"), next_expiry_at)
