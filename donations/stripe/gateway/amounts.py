"""Stripe's smallest units and ISO's, which differ for a few currencies.

Stripe keeps two decimals for ISK and UGX, which have none, and none for MGA, which has fifths; amounts in currencies
of three decimals end in zero. Source: docs.stripe.com/currencies, "Zero-decimal", "Special cases".
"""

from fundportal.money import Money

HUNDREDFOLD = frozenset({"ISK", "UGX"})
HUNDREDTH = frozenset({"MGA"})


def to_stripe(amount: Money) -> int:
    """Raises ValueError for an amount that Stripe cannot express."""
    if amount.currency in HUNDREDFOLD:
        return amount.minor * 100
    if amount.currency in HUNDREDTH:
        whole, rest = divmod(amount.minor, 100)
        if rest:
            raise ValueError(f"Stripe takes whole {amount.currency} only")
        return whole
    return amount.minor


def from_stripe(amount: int, code: str) -> Money:
    """Raises ValueError for a fraction of a currency that has none."""
    code = code.upper()
    if code in HUNDREDFOLD:
        whole, rest = divmod(amount, 100)
        if rest:
            raise ValueError(f"{code} has no part of a hundredth: {amount}")
        return Money(whole, code)
    return Money(amount * 100 if code in HUNDREDTH else amount, code)
