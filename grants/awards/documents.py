"""The agreement as text: the fund's wording with the facts of one award in the places of its fields."""

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Final

from django.utils import translation
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from fundportal.money import format_money
from fundportal.templatetags.words import DAY_FORMAT
from grants.awards.models import Amendment, Award, Indicator
from grants.awards.queries.plan import PaymentPlan, Plan, ReportPlan, amended, plan_of
from grants.awards.term_words import term_line

STARTERS: Final = {"en": "starter_en.txt", "fr": "starter_fr.txt"}
FIELDS: Final = (
    *("reference", "fund", "grantee", "title", "purpose", "amount", "starts_on", "ends_on"),
    *("payments", "reports", "indicators", "budget"),
)
NEEDED: Final = ("grantee", "amount", "title")
NOTHING: Final = "–"


@cache
def starter_text(language: str) -> str:
    """What an agreement says until the fund has a wording of its own; English where we have no other."""
    return (Path(__file__).parent / STARTERS.get(language, STARTERS["en"])).read_text(encoding="utf-8")


def fields_in(body: str) -> list[str]:
    """The names between braces. Raises ValueError for braces that do not pair or hold more than a name."""
    found = []
    for _literal, name, spec, conversion in Formatter().parse(body):
        if spec or conversion:
            message = f"{name} is more than a name"
            raise ValueError(message)
        if name is not None:
            found.append(name)
    return found


def agreement_text(award: Award, body: str, plan: Plan | None = None) -> str:
    """Reads the rows that hang on the award, or a `plan` of what shall stand instead; in the language of the award."""
    plan = plan or plan_of(award)
    with translation.override(award.language):
        facts = {
            "reference": award.reference,
            "fund": award.fund.name,
            "grantee": award.organisation.name,
            "title": award.title,
            "purpose": award.purpose.name,
            "amount": format_money(plan.amount),
            "starts_on": _day(plan.starts_on),
            "ends_on": _day(plan.ends_on),
            "payments": _lines(_payment(each) for each in plan.payments),
            "reports": _lines(_report(each) for each in plan.reports),
            "indicators": _lines(_indicator(each) for each in award.indicators.order_by("position")),
            "budget": _lines(f"{each.heading}: {format_money(each.amount)}" for each in plan.budget),
        }
    return body.format_map(facts)


def amended_text(amendment: Amendment, body: str) -> str:
    """The whole agreement with the terms as they will be, and at its end what changes."""
    award = amendment.award
    terms = list(amendment.terms.select_related("report", "tranche", "budget_line"))
    for term in terms:
        term.amendment = amendment
    with translation.override(award.language):
        said = _("This text takes the place of the agreement signed before. Change %(number)s of the grant:")
        changes = said % {"number": amendment.number}
        lines = _lines(term_line(term) for term in terms)
    whole = agreement_text(award, body, amended(plan_of(award), terms))
    return f"{whole.rstrip()}\n\n{changes}\n{lines}\n"


def fingerprint(text: str) -> str:
    """SHA-256 of the UTF-8 bytes."""
    return hashlib.sha256(text.encode()).hexdigest()


def _payment(payment: PaymentPlan) -> str:
    words = {"number": payment.number, "amount": format_money(payment.amount), "day": _day(payment.planned_on)}
    line = _("Payment %(number)s: %(amount)s, from %(day)s") % words
    conditions = "; ".join(payment.waits)
    return f"{line} ({conditions})" if conditions else line


def _report(report: ReportPlan) -> str:
    words = {
        "kind": report.kind,
        "first": _day(report.period_starts_on),
        "last": _day(report.period_ends_on),
        "due": _day(report.due_on),
    }
    return _("%(kind)s over %(first)s to %(last)s, due on %(due)s") % words


def _indicator(indicator: Indicator) -> str:
    aim = NOTHING if indicator.target is None else number_format(indicator.target.normalize(), force_grouping=True)
    return f"{indicator.name}: {aim} {indicator.unit}".strip()


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(f"– {line}" for line in lines) or NOTHING


def _day(day: object) -> str:
    return date_format(day, DAY_FORMAT)
