"""An accepted report goes to everybody, in words that everybody understands."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from fundportal import clock
from fundportal.accounts.models import User
from fundportal.audit.services import record
from fundportal.refusals import Refusal
from grants.awards.models import ReportDue
from grants.awards.states import ReportState
from grants.reports.models import Publication
from grants.reports.permissions import PUBLISH
from grants.reports.services.locking import authorise_office, lock


@dataclass(frozen=True)
class PublicFacts:
    """`summaries` holds one text for each language of the site."""

    summaries: Mapping[str, str]
    shows_results: bool
    shows_spending: bool


@transaction.atomic
def clear_for_publication(report_id: int, *, facts: PublicFacts, version: int, by: User) -> Publication:
    """Puts it on the public page of the grant, or changes what stands there.

    `version` is that of the publication the person saw, 0 for none. Raises Refusal: 409 not accepted or changed since,
    422 a language has no summary.
    """
    report = lock(report_id)
    authorise_office(by, PUBLISH, report)
    if report.state != ReportState.ACCEPTED:
        raise Refusal(_("Only an accepted report is published. It stands at “%(state)s”.") % _word_of(report))
    summaries = _summaries(facts)
    standing = Publication.objects.select_for_update().filter(report=report).first()
    if version != (standing.version if standing else 0):
        raise Refusal(_("Somebody changed this meanwhile. Your words are kept below; look at theirs, then save again."))
    made = standing or Publication(report=report, version=0)
    made.revision = report.revisions.latest("number")
    made.summaries = summaries
    made.shows_results, made.shows_spending = facts.shows_results, facts.shows_spending
    made.cleared_by, made.cleared_at, made.withdrawn_at = by, clock.now(), None
    record("reports.publish", report, by=by, fund=report.award.fund, **_kept(made, report))
    return made


@transaction.atomic
def take_off(report_id: int, *, by: User) -> Publication:
    """Nobody reads it in public any more; it can be cleared again."""
    report = lock(report_id)
    authorise_office(by, PUBLISH, report)
    standing = Publication.objects.select_for_update().filter(report=report, withdrawn_at__isnull=True).first()
    if standing is None:
        raise Refusal(_("This report is not published."))
    standing.withdrawn_at = clock.now()
    record("reports.unpublish", report, by=by, fund=report.award.fund, **_kept(standing, report))
    return standing


def _summaries(facts: PublicFacts) -> dict[str, str]:
    texts = {code: facts.summaries.get(code, "").strip() for code, _name in settings.LANGUAGES}
    for code, text in texts.items():
        if not text:
            sentence = _("Write the summary in every language of the site.")
            raise Refusal(sentence, status=422, field=f"summary_{code}")
    return texts


def _word_of(report: ReportDue) -> dict[str, str]:
    return {"state": report.get_state_display()}


def _kept(publication: Publication, report: ReportDue) -> dict[str, Any]:
    """Saves it as its next version; what the record says of that."""
    publication.version += 1
    publication.save()
    facts = {"version": publication.version, "revision": publication.revision.number}
    return {"before": report.state, "after": report.state, "facts": facts}
