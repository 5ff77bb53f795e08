from donations.stripe.models.call import OutboundCall
from donations.stripe.models.event import Event

__all__ = ["Event", "OutboundCall"]
