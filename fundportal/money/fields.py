"""Columns for money on a model: minor units as BIGINT, the currency as three letters, and the two read as one Money."""

from typing import Any, Self, overload

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from fundportal.money.currencies import CURRENCIES
from fundportal.money.money import CurrencyMismatchError, Money


def validate_currency(code: str) -> None:
    if code not in CURRENCIES:
        raise ValidationError(_("Choose a currency by its code of three letters, like USD."), code="currency")


class MinorUnitsField(models.BigIntegerField):
    """Whole minor units. Refuses anything that is not an int before it reaches the database, which would round it."""

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, bool | float) or (hasattr(value, "as_tuple") and value != int(value)):
            message = f"{self.name} counts whole minor units, not {value!r}"
            raise TypeError(message)
        return super().get_prep_value(value)


class CurrencyField(models.CharField):
    """VARCHAR(3), not CHAR(3): on PostgreSQL bulk_create of Django 5.2 casts to `char[]` and keeps one letter only."""

    default_validators = [validate_currency]

    def __init__(self, *args: Any, **options: Any) -> None:
        options["max_length"] = 3
        super().__init__(*args, **options)

    def deconstruct(self) -> Any:
        name, path, arguments, options = super().deconstruct()
        del options["max_length"]
        return name, path, arguments, options


class MoneyProperty(property):
    """Two columns as one Money, None while the amount is. Several amounts may share a currency column."""

    def __init__(self, amount: str, currency: str) -> None:
        super().__init__(self._read, self._write)
        self.amount, self.currency = amount, currency

    @overload
    def __get__(self, instance: None, owner: type, /) -> Self: ...
    @overload
    def __get__(self, instance: Any, owner: type | None = None, /) -> Money: ...
    def __get__(self, instance: Any, owner: type | None = None, /) -> Money | Self:
        return super().__get__(instance, owner)  # type: ignore[no-any-return]  # property is typed as Any

    def _read(self, instance: models.Model) -> Money | None:
        minor = getattr(instance, self.amount)
        return None if minor is None else Money(minor, getattr(instance, self.currency))

    def _write(self, instance: models.Model, money: Money) -> None:
        """A currency that another amount may already stand in is not changed behind its back."""
        held = getattr(instance, self.currency)
        if held and held != money.currency:
            raise CurrencyMismatchError(held, money.currency)
        setattr(instance, self.amount, money.minor)
        setattr(instance, self.currency, money.currency)


def money_property(amount: str, currency: str) -> MoneyProperty:
    return MoneyProperty(amount, currency)
