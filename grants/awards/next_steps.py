"""What happens next on an award, by whom, by when: the same sentences for the grantee and for the office."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from grants.awards.models import Agreement, Award, ReportDue, Tranche
from grants.awards.onward import onward, report_url
from grants.awards.queries.pages import standing_agreement
from grants.awards.states import (
    RUNNING,
    WITH_THE_GRANTEE,
    AgreementState,
    AmendmentState,
    AwardState,
    ReportState,
    Side,
    TrancheState,
)
from grants.awards.tables import short


@dataclass(frozen=True)
class NextStep:
    """`side` is who acts; `by_on` the day it is needed, none where nobody waits for a day. `url` leads to the act."""

    title: str
    text: str
    side: str
    by_on: date | None = None
    url: str = ""

    @property
    def is_grantees(self) -> bool:
        return self.side == Side.GRANTEE


def next_steps(award: Award) -> list[NextStep]:
    """The nearest first; reads the rows that `award_in_full` prefetched. Empty once nothing is to be done any more."""
    if award.state == AwardState.OFFERED:
        return [_before_acceptance(award)]
    if award.state == AwardState.ACCEPTED:
        return [NextStep(_("The grant begins"), _("Everything is in place."), Side.FUND)]
    if award.state == AwardState.SUSPENDED:
        text = _("Nothing is asked for or paid until the fund lets the grant go on. Reason: %(reason)s")
        return [NextStep(_("The grant is suspended"), text % {"reason": award.suspend_reason}, Side.FUND)]
    if award.state not in RUNNING:
        return []
    steps = [*_changes(award), *_payments(award), *_reports(award), *_unspent(award)]
    steps.sort(key=lambda step: (not step.is_grantees, step.by_on or date.max))
    return steps or [_quiet(award)]


def _before_acceptance(award: Award) -> NextStep:
    agreement = standing_agreement(award)
    by = award.respond_by
    if agreement is None or agreement.state in (AgreementState.VOID, AgreementState.SUPERSEDED):
        text = _("The fund writes the agreement; then both sides read it.")
        return NextStep(_("The agreement is to be written"), text, Side.FUND, by)
    if agreement.state == AgreementState.DRAFTING:
        return _being_written(agreement, by)
    if agreement.state == AgreementState.EXECUTED:
        text = _("Both sides have signed. The bank account is checked by a second person before the grant begins.")
        return NextStep(_("Bank details, then the acceptance"), text, Side.GRANTEE, by)
    if agreement.state == AgreementState.GRANTEE_REVIEW:
        return _to_be_approved(agreement, by)
    return _to_be_signed(award, agreement, by)


def _being_written(agreement: Agreement, by: date) -> NextStep:
    if not agreement.change_asked:
        text = _("The fund writes the agreement; then both sides read it.")
        return NextStep(_("The agreement is to be written"), text, Side.FUND, by)
    text = _("The grantee asked for a change. The fund answers with a new text.")
    return NextStep(_("The agreement is to be changed"), text, Side.FUND, by)


def _to_be_approved(agreement: Agreement, by: date) -> NextStep:
    said = {one.side for one in agreement.approvals.all() if one.sha256 == agreement.sha256}
    if Side.GRANTEE not in said:
        text = _("Read the agreement. Approve it word for word, or ask for a change.")
        return NextStep(_("The agreement is to be read"), text, Side.GRANTEE, by)
    return NextStep(_("The fund approves the text"), _("The grantee has approved it word for word."), Side.FUND, by)


def _to_be_signed(award: Award, agreement: Agreement, by: date) -> NextStep:
    signed = {one.side for one in agreement.signatures.all()}
    if Side.GRANTEE not in signed:
        text = _("Somebody who signs for %(name)s signs it.") % {"name": award.organisation.name}
        return NextStep(_("The grantee signs"), text, Side.GRANTEE, by)
    return NextStep(_("The fund signs"), _("A manager of the fund signs it."), Side.FUND, by)


def _payments(award: Award) -> Iterator[NextStep]:
    for tranche in award.tranches.all():
        words = {"number": tranche.number, "amount": short(tranche.amount)}
        if tranche.state == TrancheState.READY:
            text = _("Everything it waited for is there. Somebody who signs asks for it.")
            title = _("Payment %(number)s can be asked for: %(amount)s") % words
            yield NextStep(title, text, Side.GRANTEE, url=f"#payment-{tranche.number}")
        elif tranche.state == TrancheState.REQUESTED:
            yield NextStep(
                _("Payment %(number)s is being checked: %(amount)s") % words, _("The fund approves it."), Side.FUND
            )
        elif tranche.state in (TrancheState.APPROVED, TrancheState.INSTRUCTED):
            text = _("It goes out with the fund’s next payment run.")
            if tranche.state == TrancheState.INSTRUCTED:
                text = _("The bank has the order.")
            yield NextStep(_("Payment %(number)s is on its way: %(amount)s") % words, text, Side.FUND)
        elif tranche.state in (TrancheState.FAILED, TrancheState.RETURNED):
            text = _("The bank did not carry it out. The fund checks the bank details with the grantee.")
            yield NextStep(_("Payment %(number)s did not arrive: %(amount)s") % words, text, Side.FUND)


def _reports(award: Award) -> Iterator[NextStep]:
    for report in award.reports_due.all():
        words = {"number": report.number, "kind": report.get_kind_display()}
        url = report_url(report, for_grantee=True)
        if report.state == ReportState.CHANGES_REQUESTED:
            title = _("Report %(number)s needs an answer") % words
            yield NextStep(title, _("The fund has read it and asks something."), Side.GRANTEE, report.due_on, url)
        elif report.state in WITH_THE_GRANTEE:
            title = _("Report %(number)s is to be written: %(kind)s") % words
            yield NextStep(title, _("It can be written and kept until it is sent."), Side.GRANTEE, report.due_on, url)
        elif report.state == ReportState.SUBMITTED:
            title = _("Report %(number)s is being read") % words
            yield NextStep(title, _("The fund accepts it, or asks something."), Side.FUND)


def _changes(award: Award) -> Iterator[NextStep]:
    """Only what both sides know of: a draft is its own side's."""
    for one in award.amendments.all():
        words = {"number": one.number}
        if one.state == AmendmentState.SUBMITTED and one.side == Side.GRANTEE:
            title = _("Change %(number)s is being decided") % words
            yield NextStep(title, _("The fund approves or refuses it, and answers by letter."), Side.FUND)
        elif one.state == AmendmentState.APPROVED:
            title = _("Change %(number)s is to be signed") % words
            text = _("Both sides approve and sign the new agreement. Until then everything stays as it is.")
            yield NextStep(title, text, Side.GRANTEE, url=onward("my_grants:amendment", award.reference, one.number))


def _unspent(award: Award) -> Iterator[NextStep]:
    left = award.unspent.to_return
    if not left.is_zero:
        title = _("%(left)s is to be returned") % {"left": short(left)}
        text = _("It was paid and not spent. Send it back with the reference %(reference)s, or propose a change.")
        yield NextStep(title, text % {"reference": award.reference}, Side.GRANTEE)


def _quiet(award: Award) -> NextStep:
    """Nothing is open today: what comes up first."""
    reports = [one for one in award.reports_due.all() if one.state == ReportState.SCHEDULED]
    tranches = [one for one in award.tranches.all() if one.state == TrancheState.PLANNED]
    coming: list[tuple[date, Tranche | ReportDue]] = [(one.planned_on, one) for one in tranches]
    coming += [(one.opens_on, one) for one in reports]
    if not coming:
        text = _("Everything is paid and every report is in. The fund closes the grant.")
        return NextStep(_("The grant is to be closed"), text, Side.FUND)
    day, nearest = min(coming, key=lambda pair: pair[0])
    if isinstance(nearest, Tranche):
        words = {"number": nearest.number, "amount": short(nearest.amount)}
        text = _("It can be asked for once its day has come and its conditions are met.")
        return NextStep(_("Next: payment %(number)s, %(amount)s") % words, text, Side.GRANTEE, day)
    text = _("It opens for writing on this day.")
    return NextStep(_("Next: report %(number)s") % {"number": nearest.number}, text, Side.GRANTEE, day)
