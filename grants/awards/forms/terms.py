"""The offer as it is typed: the period, the payments with what each waits for, the reports, the plan, the budget."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.forms import BoundField
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fundportal.money import Money, format_money
from fundportal.templatetags.words import DAY_FORMAT
from grants.awards.forms.plan import GROUPS, DatesForm
from grants.awards.forms.rows import Rows, typed_rows
from grants.awards.services.terms import (
    AwardTerms,
    BudgetTerms,
    ConditionTerms,
    IndicatorTerms,
    ReportTerms,
    TrancheTerms,
)
from grants.awards.states import ConditionKind
from grants.questionnaires.models import FormVersion

PREFIXES = frozenset(kind.prefix for kind in GROUPS)


@dataclass(frozen=True)
class Sum:
    """What the amounts of a group add up to, and how that stands to the award."""

    total: str
    gap: str


class TermsForm:
    """Several forms that are read, checked and refused as one; a page treats it like a form.

    A press on one of the buttons that add a row is no answer yet: the page comes back with what was typed.
    """

    def __init__(
        self, data: Any = None, *, amount: Money, versions: Sequence[FormVersion], initial: dict[str, Any] | None = None
    ) -> None:
        adds_to = data.get("more", "") if data is not None else ""
        if adds_to in PREFIXES:
            initial, data = _as_typed(data), None
        held = initial or {}
        self.amount = amount
        self.is_bound = data is not None
        self.dates = DatesForm(data, initial=held.get("dates"))
        options: dict[str, dict[str, Any]] = {
            "tranches": {"currency": amount.currency},
            "reports": {"versions": versions},
            "budget": {"currency": amount.currency},
        }
        self.groups = {
            kind.prefix: Rows(
                kind,
                data,
                held.get(kind.prefix, ()),
                options.get(kind.prefix, {}),
                spare=int(adds_to in ("", kind.prefix)),
            )
            for kind in GROUPS
        }

    def __iter__(self) -> Iterator[BoundField]:
        yield from self.dates
        for rows in self.groups.values():
            yield from rows.bound_fields()

    @property
    def fields(self) -> dict[str, Any]:
        return self.dates.fields | self.groups

    @property
    def errors(self) -> list[str]:
        return [*self.non_field_errors(), *(str(fault) for bound in self for fault in bound.errors)]

    def non_field_errors(self) -> list[str]:
        own = [str(fault) for fault in self.dates.non_field_errors()]
        return own + [fault for rows in self.groups.values() for fault in rows.faults]

    def add_error(self, name: str | None, sentence: str) -> None:
        """At a box of the dates, above a group of rows, or above everything."""
        if name in self.groups:
            self.groups[name].faults.append(sentence)
        else:
            self.dates.add_error(name if name in self.dates.fields else None, sentence)

    def is_valid(self) -> bool:
        parts = [self.dates.is_valid(), *(rows.is_valid() for rows in self.groups.values())]
        return self.is_bound and all(parts) and self._numbers_fit()

    def terms(self, language: str) -> AwardTerms:
        """What was typed; a condition without words of its own is worded in the `language` of the award."""
        dates = {name: self.dates.cleaned_data[name] for name in ("starts_on", "ends_on", "respond_by")}
        payments = self.groups["tranches"].filled
        reports = {shown: place for place, shown in enumerate(self.groups["reports"].filled, start=1)}
        waits: dict[int, list[ConditionTerms]] = {shown: [] for shown in payments}
        for held in self.groups["conditions"].filled.values():
            waits[held["tranche"]].append(_condition(held, reports, language))
        return AwardTerms(
            **dates,
            tranches=tuple(
                TrancheTerms(held["amount"], held["planned_on"], tuple(waits[shown]))
                for shown, held in payments.items()
            ),
            reports=tuple(_report(held) for held in self.groups["reports"].filled.values()),
            indicators=tuple(IndicatorTerms(**held) for held in self.groups["indicators"].filled.values()),
            budget=tuple(BudgetTerms(**held) for held in self.groups["budget"].filled.values()),
        )

    @property
    def version(self) -> int:
        return self.dates.cleaned_data["version"] or 0

    def move_to(self, version: int) -> None:
        """After a stale save: the next one is made upon this version."""
        self.dates.data = self.dates.data.copy()
        self.dates.data["version"] = str(version)

    def shown_groups(self) -> list[tuple[Rows, Sum | None]]:
        return [(rows, self._sum(rows)) for rows in self.groups.values()]

    def _sum(self, rows: Rows) -> Sum | None:
        total = rows.total
        if total is None:
            return None
        gap = total - self.amount
        if gap.is_zero:
            return Sum(_short(total), _("as much as the award"))
        more, less = _("%(amount)s more than the award"), _("%(amount)s less than the award")
        return Sum(_short(total), (less if gap.is_negative else more) % {"amount": _short(abs(gap))})

    def _numbers_fit(self) -> bool:
        """Every condition names a payment, and a report, that stands on this page."""
        payments, reports, conditions = (self.groups[name] for name in ("tranches", "reports", "conditions"))
        before = len(self.errors)
        for number, held in conditions.filled.items():
            if held["tranche"] not in payments.filled:
                conditions.add_error(number, "tranche", _("There is no payment with this number."))
            if held.get("report") and held["report"] not in reports.filled:
                conditions.add_error(number, "report", _("There is no report with this number."))
        return len(self.errors) == before


def _short(amount: Money) -> str:
    return format_money(amount, cents=not amount.is_whole)


def _as_typed(data: Any) -> dict[str, Any]:
    rows: dict[str, Any] = {kind.prefix: typed_rows(kind, data) for kind in GROUPS}
    return rows | {"dates": {name: data.get(name, "") for name in DatesForm.base_fields}}


def _condition(held: dict[str, Any], reports: dict[int, int], language: str) -> ConditionTerms:
    """Reports are counted as they are kept: a row left empty on the page has no number."""
    kind = held["kind"]
    report = reports[held["report"]] if kind == ConditionKind.REPORT_ACCEPTED else None
    due_on = held["due_on"] if kind != ConditionKind.REPORT_ACCEPTED else None
    with translation.override(language):
        text = held["text"] or _worded(kind, report, due_on)
    return ConditionTerms(kind, text, report, due_on)


def _worded(kind: str, report: int | None, due_on: date | None) -> str:
    if kind == ConditionKind.REPORT_ACCEPTED:
        return _("The fund has accepted report %(number)s.") % {"number": report}
    return _("It is %(day)s or later.") % {"day": date_format(due_on, DAY_FORMAT)}


def _report(held: dict[str, Any]) -> ReportTerms:
    facts = {name: value for name, value in held.items() if name != "form_version"}
    return ReportTerms(**facts, form_version_id=int(held["form_version"]))
