"""The field in which a person types an amount."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from fundportal.money.formatting import format_money, format_plain
from fundportal.money.money import Money
from fundportal.money.parsing import AmountError, parse_amount

TYPED_BY_HAND = {"inputmode": "decimal", "autocomplete": "off", "dir": "ltr"}


class AmountField(forms.CharField):
    """Cleans to Money, or to None when empty and not required. What was typed stays in the box when it is refused."""

    default_error_messages = {"required": _("Type an amount.")}

    def __init__(
        self, *, currency: str, minimum: Money | None = None, maximum: Money | None = None, **options: Any
    ) -> None:
        self.currency, self.minimum, self.maximum = currency, minimum, maximum
        options.setdefault("widget", forms.TextInput(attrs=TYPED_BY_HAND))
        # No validators: the amount's own reading answers NUL and length with better sentences.
        super().__init__(strip=True, empty_value=None, **options)
        self.validators = []

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if text is None:
            return None
        try:
            return parse_amount(text, self.currency)
        except AmountError as refused:
            raise ValidationError(refused.sentence, code="amount") from refused

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        smallest = self.minimum or Money(1, self.currency)
        if value < smallest:
            raise ValidationError(self._too_small(smallest), code="minimum")
        if self.maximum is not None and value > self.maximum:
            raise ValidationError(self._too_large(self.maximum), code="maximum")

    def prepare_value(self, value: Any) -> Any:
        return format_plain(value) if isinstance(value, Money) else value

    def _too_small(self, smallest: Money) -> str:
        words = {"amount": _short(smallest), "plain": format_plain(smallest)}
        return _("The smallest amount is %(amount)s. Type %(plain)s or more.") % words

    def _too_large(self, largest: Money) -> str:
        words = {"amount": _short(largest), "plain": format_plain(largest)}
        return _("The largest amount is %(amount)s. Type %(plain)s or less.") % words


def _short(money: Money) -> str:
    """With cents only where there are some."""
    return format_money(money, cents=not money.is_whole)
