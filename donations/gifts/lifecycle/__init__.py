from donations.gifts.lifecycle.gift import GiftLifecycle
from donations.gifts.lifecycle.refund import RefundLifecycle

__all__ = ["GiftLifecycle", "RefundLifecycle"]
