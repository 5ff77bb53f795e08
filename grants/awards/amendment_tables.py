"""Changes of grants as ledgers and facts."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from fundportal.templatetags.ledgers import Cell, Column, Ledger
from fundportal.templatetags.words import local_day
from grants.awards.badges import amendment_badge
from grants.awards.models import AmendedTerm, Amendment, Award
from grants.awards.states import AmendmentState, Side
from grants.awards.term_words import term_name, words_after, words_before

Facts = list[tuple[object, object]]


def amendments_table(award: Award, side: str) -> Ledger:
    """Reads the prefetched rows."""
    name = "awards:amendment" if side == Side.FUND else "my_grants:amendment"
    columns = [Column(_("Change")), Column(_("Proposed by")), Column(_("Where it stands"))]
    rows = [
        [
            Cell(
                _("Change %(number)s") % {"number": one.number},
                url=reverse(name, args=[award.reference, one.number]),
                detail=local_day(one.proposed_at, award.fund.time_zone),
            ),
            Cell(one.get_side_display()),
            Cell(amendment_badge(one)),
        ]
        for one in award.amendments.all()
        if one.is_open_to(side)
    ]
    return Ledger(_("Changes of this grant"), columns, rows, has_hidden_caption=True)


def terms_table(terms: Iterable[AmendedTerm]) -> Ledger:
    columns = [Column(_("What changes")), Column(_("Now")), Column(_("After the change"))]
    rows = [[Cell(term_name(term)), Cell(words_before(term)), Cell(words_after(term))] for term in terms]
    return Ledger(_("What changes"), columns, rows, has_hidden_caption=True)


def amendment_facts(amendment: Amendment, *, is_office: bool) -> Facts:
    """Who stands for it; the grantee reads no names of the fund's people."""
    zone = amendment.award.fund.time_zone
    is_named = is_office or amendment.side == Side.GRANTEE
    by = amendment.proposed_by.full_name if is_named else amendment.award.fund.name
    facts: Facts = [(_("Proposed by"), by), (_("Written"), local_day(amendment.proposed_at, zone))]
    if amendment.submitted_at:
        facts.append((_("Sent"), local_day(amendment.submitted_at, zone)))
    if is_office:
        facts += [(_("Approved by"), one.by.full_name) for one in amendment.approvals.all()]
    if amendment.approved_at:
        facts.append((_("Approved"), local_day(amendment.approved_at, zone)))
    if amendment.applied_at:
        facts.append((_("In force since"), local_day(amendment.applied_at, zone)))
    return facts


def waits_for_signatures(amendment: Amendment) -> bool:
    return bool(amendment.state == AmendmentState.APPROVED and amendment.agreement_id)
