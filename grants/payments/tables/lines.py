"""Bank lines as ledgers and facts: what the bank says, and what it turned out to be."""

from collections.abc import Collection, Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from fundportal.templatetags.ledgers import Cell, Column, Ledger
from fundportal.templatetags.lists import Badge
from fundportal.templatetags.words import local_day, local_time
from grants.payments.models import BankLine, Instruction, LineMatch
from grants.payments.services.lines import PreviewLine
from grants.payments.statement_csv import COLUMNS, LineError
from grants.payments.states import LineKind
from grants.payments.tables.bank import Facts

NOTHING = "–"
KINDS = {
    LineKind.PAYMENT: "ok",
    LineKind.RETURN: "stop",
    LineKind.CHARGE: "full",
    LineKind.INTEREST: "full",
    LineKind.UNSPENT: "ok",
}


def match_badge(match: LineMatch | None) -> Badge:
    if match is None:
        return Badge(_("Not understood yet"), "wait")
    return Badge(match.get_kind_display(), KINDS[LineKind(match.kind)])


def lines_table(lines: Iterable[BankLine], caption: object) -> Ledger:
    columns = [
        Column(_("From or to")),
        Column(_("Reference")),
        Column(_("Booked")),
        Column(_("What it is")),
        Column(_("Amount"), is_number=True),
    ]
    rows = [
        [
            Cell(
                line.counterparty or line.bank_id,
                url=reverse("payments:line", args=[line.pk]),
                detail=line.bank_account.label,
            ),
            Cell(line.reference or NOTHING, detail=line.bank_id),
            Cell(local_day(line.booked_on)),
            Cell(match_badge(match), detail=_matched_to(match)),
            Cell(line.amount),
        ]
        for line in lines
        for match in [match_of(line)]
    ]
    return Ledger(caption, columns, rows, has_hidden_caption=True)


def preview_table(lines: Iterable[PreviewLine], *, kept_away: Collection[int]) -> Ledger:
    """Row by row as the statement has them. A payment to an organisation in `kept_away` is not named."""
    columns = [
        Column(_("Row")),
        Column(_("Booked")),
        Column(_("From or to")),
        Column(_("What it is")),
        Column(_("Amount"), is_number=True),
    ]
    rows = [
        [
            Cell(each.row, detail=each.line.bank_id),
            Cell(local_day(each.line.booked_on)),
            Cell(each.line.counterparty or NOTHING, detail=each.line.reference),
            Cell(_preview_badge(each), detail=_named(each.instruction, kept_away)),
            Cell(each.line.amount),
        ]
        for each in lines
    ]
    return Ledger(_("Lines of the statement"), columns, rows, has_hidden_caption=True)


def faults_table(errors: Iterable[LineError]) -> Ledger:
    columns = [Column(_("Row")), Column(_("Column")), Column(_("What to put right"))]
    rows = [[Cell(error.row), Cell(error.column or _("the whole row")), Cell(error.sentence)] for error in errors]
    return Ledger(_("Where the statement does not fit"), columns, rows, has_hidden_caption=True)


def column_facts() -> Facts:
    """The columns of a statement by the names that it has to give them."""
    words = {
        "booked_on": _("day, like 2026-11-30"),
        "amount": _("like -1234.50; money that went out has a minus"),
        "currency": _("like USD"),
        "reference": _("what the payment says it is for"),
        "counterparty": _("from whom or to whom"),
        "bank_id": _("the bank’s own number of the line"),
    }
    return [(name, words[name]) for name in COLUMNS]


def line_facts(line: BankLine) -> Facts:
    statement = line.statement
    return [
        (_("Bank account"), line.bank_account.label),
        (_("Booked"), local_day(line.booked_on)),
        (_("Amount"), line.amount),
        (_("From or to"), line.counterparty or NOTHING),
        (_("Reference"), line.reference or NOTHING),
        (_("The bank’s number"), line.bank_id),
        (_("Read in"), local_time(statement.imported_at, line.bank_account.fund.time_zone)),
        (_("Read in by"), statement.imported_by.full_name),
    ]


def match_facts(match: LineMatch) -> Facts:
    zone = match.line.bank_account.fund.time_zone
    facts: Facts = [(_("What it is"), match.get_kind_display())]
    if match.instruction:
        facts.append((_("Payment"), match.instruction.obligation))
    if match.purpose:
        facts.append((_("Purpose"), match.purpose.name))
    if match.award:
        facts.append((_("Grant"), match.award.reference))
    return [*facts, (_("Understood by"), match.by.full_name), (_("Since"), local_time(match.at, zone))]


def match_of(line: BankLine) -> LineMatch | None:
    return getattr(line, "match", None)


def _matched_to(match: LineMatch | None) -> str:
    if match is None:
        return ""
    if match.award:
        return match.award.reference
    return match.instruction.obligation if match.instruction else match.purpose.name


def _preview_badge(each: PreviewLine) -> Badge:
    if each.is_known:
        return Badge(_("Read in before, left alone"), "mute")
    if each.kind is None:
        return Badge(_("Not understood yet"), "wait")
    return Badge(each.kind.label, KINDS[each.kind])


def _named(instruction: Instruction | None, kept_away: Collection[int]) -> str:
    if instruction is None or instruction.tranche.award.organisation_id in kept_away:
        return ""
    return instruction.obligation
