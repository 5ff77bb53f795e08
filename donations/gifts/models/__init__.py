from donations.gifts.models.attempt import Attempt
from donations.gifts.models.gift import Gift
from donations.gifts.models.movement import MoneyMovement
from donations.gifts.models.refund import Refund

__all__ = ["Attempt", "Gift", "MoneyMovement", "Refund"]
