"""Who sits on the panel of a stage."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fundportal import clock
from fundportal.access import Actor, authorise, may
from fundportal.accounts.models import User
from fundportal.audit.services import record
from fundportal.refusals import Refusal
from grants.calls.models import Stage
from grants.reviews.models import Panel, PanelMember
from grants.reviews.models.panel import MOST_ASSIGNMENTS, MOST_REVIEWERS
from grants.reviews.permissions import MANAGE, REVIEW
from grants.reviews.services.settling import remove_assignment
from grants.reviews.states import BEFORE_READING, READING


@dataclass(frozen=True)
class PanelTerms:
    """`agreements` is the text a reviewer agrees to, by language."""

    answer_by: datetime
    review_by: datetime
    agreements: dict[str, str]
    reviewers_wanted: int


@transaction.atomic
def open_panel(stage_id: int, *, terms: PanelTerms, by: User) -> Panel:
    """The panel of a stage; asked again, the one that is open already."""
    stage = Stage.objects.select_for_update(of=("self",)).select_related("call__fund").get(pk=stage_id)
    authorise(by, MANAGE, stage.call.fund)
    standing = Panel.objects.filter(stage=stage).first()
    if standing is not None:
        return standing
    _check(stage, terms)
    panel = Panel.objects.create(stage=stage, opened_by=by, **_columns(terms))
    record("reviews.open_panel", panel, by=by, fund=stage.call.fund, facts=_facts(terms))
    return panel


@transaction.atomic
def change_panel(panel_id: int, *, terms: PanelTerms, by: Actor) -> Panel:
    """Later dates, another text: whoever has agreed already has agreed to the text they read, which is kept."""
    panel = lock_panel(panel_id)
    authorise(by, MANAGE, panel.stage.call.fund)
    _check(panel.stage, terms)
    for column, value in _columns(terms).items():
        setattr(panel, column, value)
    panel.save()
    record("reviews.change_panel", panel, by=by, fund=panel.stage.call.fund, facts=_facts(terms))
    return panel


@transaction.atomic
def add_member(panel_id: int, *, user_id: int, most_assignments: int = MOST_ASSIGNMENTS, by: Actor) -> PanelMember:
    """Raises Refusal (422) for somebody without the reviewer's role in this fund."""
    panel = lock_panel(panel_id)
    fund = panel.stage.call.fund
    authorise(by, MANAGE, fund)
    person = User.objects.get(pk=user_id)
    if not may(person, REVIEW, fund):
        raise Refusal(_("This person does not hold the reviewer’s role in this fund."), status=422, field="user")
    if most_assignments < 1:
        raise Refusal(_("Let this person read at least one application."), status=422, field="most_assignments")
    member, is_new = PanelMember.objects.get_or_create(
        panel=panel, user=person, left_at=None, defaults={"most_assignments": most_assignments}
    )
    if not is_new:
        raise Refusal(_("This person sits on the panel already."), status=422, field="user")
    record("reviews.add_member", member, by=by, fund=fund, facts={"most": most_assignments})
    return member


@transaction.atomic
def remove_member(member_id: int, *, by: Actor) -> PanelMember:
    """What they have handed in stays; what they have not is free for somebody else."""
    panel = lock_panel(PanelMember.objects.values_list("panel_id", flat=True).get(pk=member_id))
    fund = panel.stage.call.fund
    authorise(by, MANAGE, fund)
    member = PanelMember.objects.select_for_update(of=("self",)).select_related("user").get(pk=member_id)
    if member.left_at is not None:
        raise Refusal(_("This person has left the panel already."))
    unread = member.user.assignments.filter(application__stage=panel.stage, state__in=(*BEFORE_READING, *READING))
    for assignment_id in unread.order_by("pk").values_list("pk", flat=True):
        remove_assignment(assignment_id, reason=_("Left the panel"), by=by)
    member.left_at = clock.now()
    member.save(update_fields=["left_at"])
    record("reviews.remove_member", member, by=by, fund=fund)
    return member


def lock_panel(panel_id: int) -> Panel:
    return Panel.objects.select_for_update(of=("self",)).select_related("stage__call__fund").get(pk=panel_id)


def _check(stage: Stage, terms: PanelTerms) -> None:
    if terms.review_by <= terms.answer_by:
        raise Refusal(_("Reviews are due after the invitation is answered."), status=422, field="review_by")
    if not 1 <= terms.reviewers_wanted <= MOST_REVIEWERS:
        raise Refusal(_("Choose from 1 to 9 reviewers."), status=422, field="reviewers_wanted")
    missing = [language for language in stage.call.languages if not terms.agreements.get(language, "").strip()]
    if missing:
        sentence = _("Write what reviewers agree to in each language of the call.")
        raise Refusal(sentence, status=422, field=f"agreement_{missing[0]}")


def _columns(terms: PanelTerms) -> dict[str, object]:
    return {
        "answer_by": terms.answer_by,
        "review_by": terms.review_by,
        "agreements": terms.agreements,
        "reviewers_wanted": terms.reviewers_wanted,
    }


def _facts(terms: PanelTerms) -> dict[str, object]:
    return {
        "answer_by": terms.answer_by.isoformat(),
        "review_by": terms.review_by.isoformat(),
        "reviewers_wanted": terms.reviewers_wanted,
    }
