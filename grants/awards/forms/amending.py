"""A change of a grant as it is typed: every day and amount that may change, with what stands there now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fundportal.money import Money
from fundportal.money.forms import AmountField
from grants.awards.forms.plan import day_field
from grants.awards.models import AmendedTerm, Award
from grants.awards.services import Change
from grants.awards.services.terms_changed import MOVABLE_REPORTS
from grants.awards.states import UNPAID, TermKind

LONGEST_REASON = 2_000
K = TermKind


@dataclass(frozen=True)
class Slot:
    """One term on the page: the names of its boxes, and what stands in them before anybody types."""

    kind: str
    day_box: str = ""
    amount_box: str = ""
    row: int | None = None
    day: date | None = None
    amount: Money | None = None

    @property
    def boxes(self) -> list[str]:
        return [name for name in (self.amount_box, self.day_box) if name]

    def with_drafted(self, term: AmendedTerm) -> "Slot":
        return replace(self, day=term.day_after or self.day, amount=term.after or self.amount)


@dataclass(frozen=True)
class Group:
    title: object
    lead: object
    fields: list[BoundField]


class AmendmentForm(forms.Form):
    """The boxes follow from the grant; `drafted` are the terms of a change that was begun."""

    reason = forms.CharField(
        label=gettext_lazy("Why it has to change"),
        help_text=gettext_lazy("Both sides read this."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 4, "dir": "auto"}),
        error_messages={"required": gettext_lazy("Say why.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, award: Award, drafted: Sequence[AmendedTerm] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.award = award
        self.slots = [_as_drafted(slot, drafted) for slot in _slots(award)]
        for slot in self.slots:
            self._add_boxes(slot)

    @property
    def changes(self) -> list[Change]:
        """What was typed, changed or not: whoever writes it leaves out what stays as it is."""
        return [change for slot in self.slots if (change := self._change(slot)) is not None]

    @property
    def groups(self) -> list[Group]:
        return [group for group in self._groups() if group.fields]

    def clean(self) -> dict[str, Any]:
        held: dict[str, Any] = super().clean() or self.cleaned_data
        if held.get("new-amount") and not held.get("new-day") and "new-day" not in self.errors:
            self.add_error("new-day", _("Choose a day."))
        return held

    def _add_boxes(self, slot: Slot) -> None:
        is_asked = slot.kind not in (K.NEW_PAYMENT, K.KEPT)
        if slot.amount_box:
            least = Money.zero(self.award.currency) if slot.kind in (K.PAYMENT, K.BUDGET_LINE) else None
            box = AmountField(label=_label(self.award, slot), currency=self.award.currency, minimum=least)
            box.required, box.initial = is_asked, slot.amount
            self.fields[slot.amount_box] = box
        if slot.day_box:
            self.fields[slot.day_box] = day_field(_day_label(self.award, slot), required=is_asked)
            self.fields[slot.day_box].initial = slot.day

    def _change(self, slot: Slot) -> Change | None:
        day, amount = self.cleaned_data.get(slot.day_box), self.cleaned_data.get(slot.amount_box)
        if slot.kind in (K.NEW_PAYMENT, K.KEPT) and amount is None:
            return None
        if slot.kind == K.KEPT:
            amount = self.award.unspent.kept + amount
        return Change(slot.kind, slot.row, day, amount)

    def _groups(self) -> Iterator[Group]:
        yield Group(
            _("Period and amount"),
            _("The amount pays for what the grant is for; it goes up only within the means of the fund."),
            self._boxes(K.ENDS_ON, K.AMOUNT),
        )
        yield Group(
            _("Payments still to come"),
            _("A payment of 0 is given up. What is paid stays as it is."),
            self._boxes(K.PAYMENT, K.NEW_PAYMENT),
        )
        yield Group(_("Reports still to come"), "", self._boxes(K.REPORT_PERIOD, K.REPORT_DUE))
        lead = _("What one line gives another one gets. Moves of up to a tenth of the budget hold without approval.")
        yield Group(_("Agreed budget"), lead, self._boxes(K.BUDGET_LINE))
        lead = _("Instead of returning it. Say above what it is needed for.")
        yield Group(_("Unspent money"), lead, self._boxes(K.KEPT))

    def _boxes(self, *kinds: str) -> list[BoundField]:
        return [self[name] for slot in self.slots if slot.kind in kinds for name in slot.boxes]


def _slots(award: Award) -> Iterator[Slot]:
    """Reads the prefetched rows."""
    yield Slot(K.ENDS_ON, day_box="ends_on", day=award.ends_on)
    yield Slot(K.AMOUNT, amount_box="amount", amount=award.amount)
    for one in award.tranches.all():
        if one.state in UNPAID:
            boxes = (f"payment-{one.number}-day", f"payment-{one.number}-amount")
            yield Slot(K.PAYMENT, *boxes, one.pk, one.planned_on, one.amount)
    yield Slot(K.NEW_PAYMENT, "new-day", "new-amount")
    for report in award.reports_due.all():
        if report.state in MOVABLE_REPORTS:
            place = f"report-{report.number}"
            yield Slot(K.REPORT_PERIOD, f"{place}-period", row=report.pk, day=report.period_ends_on)
            yield Slot(K.REPORT_DUE, f"{place}-due", row=report.pk, day=report.due_on)
    for line in award.budget_lines.all():
        yield Slot(K.BUDGET_LINE, amount_box=f"line-{line.position}", row=line.pk, amount=line.amount)
    if not award.unspent.to_return.is_zero:
        yield Slot(K.KEPT, amount_box="kept")


def _as_drafted(slot: Slot, drafted: Sequence[AmendedTerm]) -> Slot:
    for term in drafted:
        row = term.report_id or term.tranche_id or term.budget_line_id
        if term.kind == slot.kind and row == slot.row:
            return slot.with_drafted(term)
    return slot


def _label(award: Award, slot: Slot) -> str:
    if slot.kind == K.PAYMENT:
        return _("Payment %(number)s: amount") % {"number": _number(award.tranches.all(), slot)}
    if slot.kind == K.BUDGET_LINE:
        return str(next(one.heading for one in award.budget_lines.all() if one.pk == slot.row))
    return {
        K.AMOUNT: _("Amount of the grant"),
        K.NEW_PAYMENT: _("One more payment: amount"),
        K.KEPT: _("What the grantee keeps"),
    }[TermKind(slot.kind)]


def _day_label(award: Award, slot: Slot) -> str:
    if slot.kind == K.PAYMENT:
        return _("Payment %(number)s: earliest day") % {"number": _number(award.tranches.all(), slot)}
    if slot.kind == K.REPORT_PERIOD:
        return _("Report %(number)s: last day it is about") % {"number": _number(award.reports_due.all(), slot)}
    if slot.kind == K.REPORT_DUE:
        return _("Report %(number)s: due") % {"number": _number(award.reports_due.all(), slot)}
    return _("One more payment: earliest day") if slot.kind == K.NEW_PAYMENT else _("The grant ends")


def _number(rows: Any, slot: Slot) -> int:
    return next(int(one.number) for one in rows if one.pk == slot.row)
