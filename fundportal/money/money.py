"""An amount in whole minor units of one currency."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from functools import total_ordering
from typing import TYPE_CHECKING, Self

from fundportal.money.currencies import currency

if TYPE_CHECKING:
    from collections.abc import Sequence

EXACT = Context(prec=60, rounding=ROUND_HALF_EVEN)


class CurrencyMismatchError(TypeError):
    def __init__(self, left: str, right: str) -> None:
        super().__init__(f"{left} and {right} do not meet in one sum")


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """`minor` counts cents of a dollar, yen, thousandths of a dinar. Sums and comparisons stay within one currency."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            message = f"minor units are a whole number, not {self.minor!r}"
            raise TypeError(message)
        currency(self.currency)

    @classmethod
    def zero(cls, code: str) -> Self:
        return cls(0, code)

    @classmethod
    def from_decimal(cls, amount: Decimal, code: str) -> Self:
        """Raises ValueError when the amount has more decimals than the currency."""
        with localcontext(EXACT):
            scaled = amount.scaleb(currency(code).exponent)
        if scaled != scaled.to_integral_value():
            message = f"{amount} {code} has a part smaller than the minor unit"
            raise ValueError(message)
        return cls(int(scaled), code)

    @property
    def decimal(self) -> Decimal:
        """In major units with the currency's own number of decimals: 1050 US cents are Decimal("10.50")."""
        return Decimal(self.minor).scaleb(-currency(self.currency).exponent, EXACT)

    @property
    def is_zero(self) -> bool:
        return self.minor == 0

    @property
    def is_negative(self) -> bool:
        return self.minor < 0

    @property
    def is_whole(self) -> bool:
        """Without cents, so that a sentence may say “$5”."""
        return self.minor % currency(self.currency).minor_per_major == 0

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._alike(other).minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._alike(other).minor, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __abs__(self) -> Money:
        return Money(abs(self.minor), self.currency)

    def __mul__(self, times: int) -> Money:
        if type(times) is not int:
            return NotImplemented
        return Money(self.minor * times, self.currency)

    __rmul__ = __mul__

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._alike(other).minor

    def __str__(self) -> str:
        return f"{self.currency} {self.decimal}"

    def allocate(self, weights: Sequence[int]) -> list[Money]:
        """Parts in proportion to whole, non-negative weights, by largest remainder; they always sum back.

        Units left over go to the largest remainders, among equals to the earlier part. A debt is split as its
        positive twin is. Raises ValueError when no weight is positive.
        """
        if any(type(weight) is not int or weight < 0 for weight in weights) or not sum(weights):
            message = f"weights are whole numbers, none negative and one positive: {weights!r}"
            raise ValueError(message)
        whole, total = abs(self.minor), sum(weights)
        parts = [whole * weight // total for weight in weights]
        by_remainder = sorted(range(len(weights)), key=lambda index: -(whole * weights[index] % total))
        for index in by_remainder[: whole - sum(parts)]:
            parts[index] += 1
        sign = -1 if self.is_negative else 1
        return [Money(sign * part, self.currency) for part in parts]

    def _alike(self, other: object) -> Money:
        if not isinstance(other, Money):
            message = f"{other!r} is not money"
            raise TypeError(message)
        if other.currency != self.currency:
            raise CurrencyMismatchError(self.currency, other.currency)
        return other
