"""A figure as it is printed: its number in the words of the language, and how sure we are of it."""

from dataclasses import dataclass
from datetime import date

from babel.numbers import format_decimal
from django.db.models import TextChoices
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.blocks import StructValue

from fundportal.money import Money, currency, format_money
from fundportal.money.formatting import locale_of

NARROW_NO_BREAK_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"


class Certainty(TextChoices):
    BOOKS = "books", gettext_lazy("from the books")
    REPORTED = "reported", gettext_lazy("reported")
    ESTIMATE = "estimate", gettext_lazy("estimate or lower bound")


class Measure(TextChoices):
    COUNT = "count", gettext_lazy("A number of things")
    MONEY = "money", gettext_lazy("US dollars")
    PERCENT = "percent", gettext_lazy("A share in percent")


@dataclass(frozen=True)
class Figure:
    """Ready to print: the text, and how sure we are of it, which draws its underline; none under what is not known."""

    text: str
    sure: str


def write_number(number: int) -> str:
    """With the language's groups of thousands, held together by no-break spaces."""
    return str(format_decimal(number, locale=locale_of())).replace(NARROW_NO_BREAK_SPACE, NO_BREAK_SPACE)


def write_month(month: str) -> str:
    """2023-10 is October 2023; a year alone stays a year, and nothing stays nothing."""
    return str(formats.date_format(date.fromisoformat(f"{month}-01"), "F Y")) if "-" in month else month


def write_dollars(dollars: int) -> str:
    """Whole US dollars, as headlines print them."""
    return format_money(Money(dollars * currency("USD").minor_per_major, "USD"), cents=False)


def write_percent(share: int) -> str:
    return _("%(share)s%%") % {"share": write_number(share)}


WRITERS = {Measure.COUNT: write_number, Measure.MONEY: write_dollars, Measure.PERCENT: write_percent}


class FigureValue(StructValue):
    """What an editor entered: a number with its measure and unit, or words where the source gives no number."""

    @property
    def printed(self) -> Figure:
        """In a sentence or a table: “more than 300 families”."""
        text = self._bare()
        if self._is_lower_bound():
            text = _("more than %(figure)s") % {"figure": text}
        return self._figure(text)

    @property
    def short(self) -> Figure:
        """Large and alone: “20+”."""
        text = self._bare()
        return self._figure(f"{text}+" if self._is_lower_bound() else text)

    @property
    def is_known(self) -> bool:
        return self["amount"] is not None or bool(self["words"])

    def _is_lower_bound(self) -> bool:
        return bool(self["more_than"]) and self["amount"] is not None and not self["words"]

    def _bare(self) -> str:
        if self["words"] or self["amount"] is None:
            return str(self["words"] or _("not published"))
        number = WRITERS[Measure(self["measure"])](self["amount"])
        return f"{number}{NO_BREAK_SPACE}{self['unit']}" if self["unit"] else number

    def _figure(self, text: str) -> Figure:
        return Figure(text, self["certainty"] if self.is_known else "")
