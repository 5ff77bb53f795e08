"""A grant as its page shows it: the money, what came of it, the decision."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from fundportal.context import Link
from fundportal.money import Money, format_money
from fundportal.templatetags.figures import plain
from fundportal.templatetags.ledgers import Cell, Column, Ledger
from fundportal.templatetags.lists import Badge
from fundportal.templatetags.pictures import Bar, bar_of
from fundportal.templatetags.words import DAY_FORMAT, local_day
from grants.public import GrantPage, PublicDecision, PublicGrant, PublicPayment, Reading, Result, Spending, Standing

KINDS = {Standing.AGREED: "wait", Standing.UNDER_WAY: "full", Standing.FINISHED: "ok"}


def grants_link(request: HttpRequest) -> Link:
    url = reverse("grant_list")
    return Link(_("Grants"), url, is_current=request.path.startswith(url))


def badge_of(grant: PublicGrant) -> Badge:
    return Badge(grant.standing.label, KINDS.get(grant.standing, "mute"))


def lead_of(grant: PublicGrant) -> str:
    """Who, where, and for what; the amount stands beside it."""
    words = {"grantee": grant.grantee, "place": grant.place, "purpose": grant.purpose}
    if grant.place:
        return _("A grant to %(grantee)s in %(place)s, from the money kept for “%(purpose)s”.") % words
    return _("A grant to %(grantee)s, from the money kept for “%(purpose)s”.") % words


def table_of(grants: list[PublicGrant]) -> Ledger:
    columns = [
        Column(_("Grant")),
        Column(_("Grantee")),
        Column(_("Fund")),
        Column(_("Where it stands")),
        Column(_("Promised"), is_number=True),
        Column(_("Paid so far"), is_number=True),
    ]
    rows = [
        [
            Cell(grant.title, url=reverse("grant", args=[grant.reference]), detail=_decided(grant)),
            Cell(grant.grantee, detail=grant.place),
            Cell(grant.fund.name, detail=_("Practice round") if grant.fund.is_practice else ""),
            Cell(badge_of(grant)),
            Cell(plain(grant.money.promised), sure="books"),
            Cell(plain(grant.money.paid), sure="books"),
        ]
        for grant in grants
    ]
    return Ledger(_("Grants, the latest decision first"), columns, rows, has_hidden_caption=True)


def money_table(page: GrantPage) -> Ledger:
    """Adds up to what is promised, to the cent; a line of nothing is left out."""
    money = page.grant.money
    lines = [
        (Cell(_("Paid to the grantee"), detail=_returned(money.returned)), money.paid),
        (Cell(_("On its way to the grantee")), money.on_its_way),
        (Cell(_("Still to come")), money.to_come),
    ]
    rows = [[words, Cell(amount)] for words, amount in lines if not amount.is_zero]
    foot = [Cell(_("Promised")), Cell(money.promised)]
    return Ledger(_("From the books"), [Column(_("What")), Column(_("Amount"), is_number=True)], rows, foot)


def _returned(amount: Money) -> str:
    sentence = _("less %(amount)s that was not spent and came back")
    return "" if amount.is_zero else sentence % {"amount": format_money(amount)}


def payment_table(page: GrantPage) -> Ledger:
    columns = [Column(_("Payment")), Column(_("Where it stands")), Column(_("Amount"), is_number=True)]
    rows = [[Cell(_name(each)), Cell(_standing(each)), Cell(each.amount)] for each in page.payments]
    return Ledger(_("Payment by payment"), columns, rows)


def result_bars(results: tuple[Result, ...]) -> list[Bar]:
    """Each on its own scale: from where it stood at the start to where it came; the line is the aim."""
    return [
        bar_of(
            each.name,
            _counted(each),
            reached=each.value.height if each.value else None,
            plan=each.target.height if each.target else None,
            base=each.baseline.height if each.baseline else 0,
        )
        for each in results
    ]


def result_table(results: tuple[Result, ...]) -> Ledger:
    columns = [
        Column(_("What is counted")),
        *(Column(each, is_number=True) for each in (_("At the start"), _("Aim"), _("Reached"))),
    ]
    rows = [
        [Cell(each.name, detail=each.unit), *(_reading(one) for one in (each.baseline, each.target, each.value))]
        for each in results
    ]
    return Ledger(_("The same as a table"), columns, rows)


def spending_picture(spending: Spending | None) -> dict[str, object]:
    """The bars and the table, where the fund shows any."""
    return {"bars": _spending_bars(spending), "table": _spending_table(spending)} if spending else {}


def _spending_bars(spending: Spending) -> list[Bar]:
    """All on one scale: the longest is the most that was planned or spent on one line."""
    most = max(max(line.planned, line.spent).minor for line in spending.lines)
    return [
        bar_of(
            line.heading,
            _change(line.spent - line.planned),
            reached=line.spent.minor,
            plan=line.planned.minor,
            most=most,
        )
        for line in spending.lines
    ]


def _spending_table(spending: Spending) -> Ledger:
    columns = [Column(_("For what")), *(Column(each, is_number=True) for each in (_("Plan"), _("Spent"), _("Change")))]
    lines = [(line.heading, line.planned, line.spent) for line in spending.lines]
    rows = [_spending_row(*line) for line in lines]
    foot = _spending_row(_("All lines"), spending.planned, spending.spent)
    return Ledger(_("Plan and spending"), columns, rows, foot, is_loose=True)


def grantee_facts(grant: PublicGrant) -> list[tuple[object, object]]:
    """Of the organisation only, never of a person; what it does not give is left out."""
    pairs: list[tuple[object, object]] = [(_("Name"), grant.grantee), (_("Kind"), grant.grantee_kind)]
    if grant.place:
        pairs.append((_("Place"), grant.place))
    if grant.website:
        pairs.append((_("Website"), format_html('<a href="{0}">{0}</a>', grant.website)))
    return pairs


def decision_facts(decision: PublicDecision) -> list[tuple[object, object]]:
    """What the body did, in its own terms; a fact that it does not give is left out."""
    pairs: list[tuple[object, object]] = [(_("Who decided"), decision.body), (_("By"), decision.instrument)]
    if decision.reference:
        pairs.append((_("Reference"), decision.reference))
    if decision.held_on:
        pairs.append((_("Day of the meeting"), local_day(decision.held_on)))
    if decision.votes:
        words = dict(zip(("yes", "no", "abstained"), decision.votes, strict=True))
        pairs.append((_("Votes"), _("%(yes)s for, %(no)s against, %(abstained)s abstained") % words))
    if decision.legal_basis:
        pairs.append((_("Legal basis"), decision.legal_basis))
    return [*pairs, (_("Everybody was told"), local_day(decision.announced_on))]


def next_report(page: GrantPage) -> str:
    if page.report_due_on is None:
        return _("Nothing that the grantee reported has been published.")
    day = date_format(page.report_due_on, DAY_FORMAT)
    sentence = _("The next report of the grantee is due on %(day)s. It stands here once the fund has read it.")
    return sentence % {"day": day}


def _decided(grant: PublicGrant) -> str:
    if grant.decided_on is None:
        return grant.reference
    words = {"reference": grant.reference, "day": date_format(grant.decided_on, DAY_FORMAT)}
    return _("%(reference)s, decided on %(day)s") % words


def _name(payment: PublicPayment) -> str:
    return _("Payment %(number)s") % {"number": payment.number}


def _standing(payment: PublicPayment) -> str:
    if payment.paid_on is not None:
        return _("Paid on %(day)s") % {"day": date_format(payment.paid_on, DAY_FORMAT)}
    if payment.is_off:
        return _("Will not be paid")
    return _("Not before %(day)s") % {"day": date_format(payment.planned_on, DAY_FORMAT)}


def _counted(result: Result) -> str:
    """What a result says in words beside its line: “14, aim 24”."""
    value = result.value.text if result.value else _("not reported")
    if result.target is None:
        return value
    return _("%(value)s, aim %(target)s") % {"value": value, "target": result.target.text}


def _reading(reading: Reading | None) -> Cell:
    return Cell(reading.text) if reading else Cell(_("not known"))


def _spending_row(label: str, planned: Money, spent: Money) -> list[Cell]:
    return [Cell(label), *(Cell(plain(each)) for each in (planned, spent)), Cell(_change(spent - planned))]


def _change(difference: Money) -> SafeString:
    """With its sign, which stays before the figures in any text: +$510, −$18."""
    written = format_money(difference, cents=not difference.is_whole)
    sign = "" if difference.is_negative or difference.is_zero else "+"
    return format_html('<bdi class="money">{}{}</bdi>', sign, written)
