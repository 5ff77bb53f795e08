from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StripeConfig(AppConfig):
    name = "donations.stripe"
    label = "donations_stripe"
    verbose_name = _("Stripe")

    def ready(self) -> None:
        from donations.stripe.permissions import VIEW
        from donations.stripe.queries import failed_messages
        from fundportal.audit import wording
        from fundportal.context import office_page
        from fundportal.waiting import register_waiting

        wording.register({"stripe.retry": _("Message from Stripe tried again")})
        office_page(_("Stripe"), "stripe:inbox", permission=VIEW, position=70)
        register_waiting(failed_messages)
