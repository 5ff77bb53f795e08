"""One whole fund: calls, applications, reviews, decisions, grants, payments, reports and gifts, with their people."""

from dataclasses import dataclass, field
from typing import Any

from allauth.mfa.models import Authenticator

from donations.gifts.states import GiftState
from donations.receipts.services import issue_receipt
from donations.stripe.models import Event
from fundportal import clock
from fundportal.access import Role
from fundportal.accounts.models import FactorReset, RoleGrant, User
from fundportal.accounts.states import RoleState
from fundportal.documents.models import Upload
from fundportal.funds.models import Fund, LegalDonee
from fundportal.mail.models import Letter
from fundportal.organisations.models import Organisation
from grants.applications.models import Application, Attachment, Collaborator
from grants.applications.states import ApplicationState
from grants.awards.models import Award
from grants.awards.states import AgreementState, AmendmentState, AwardState, ConditionKind, ReportState, TrancheState
from grants.calls.models import Call
from grants.decisions.models import Appeal, Deliberation
from grants.decisions.states import DeliberationState, Outcome
from grants.payments.states import BankState, RunState
from grants.reviews.models import Plan
from grants.reviews.states import AssignmentState, PlanState
from tests.factories.actions import make_action
from tests.factories.amendments import make_amendment
from tests.factories.applications import make_application, make_revision
from tests.factories.awards import make_agreement, make_agreement_text, make_award, make_condition, make_tranche
from tests.factories.calls import make_call
from tests.factories.decisions import make_decidable, make_deliberation, make_funded_call, make_line
from tests.factories.gifts import account_of, make_campaign, make_gift, make_refund
from tests.factories.organisations import make_conflict, make_invitation, make_member, make_organisation, make_signatory
from tests.factories.payments import (
    OTHER,
    make_account,
    make_bank_details,
    make_instruction,
    make_run,
)
from tests.factories.payments import make_line as make_bank_line
from tests.factories.people import make_fund, make_person
from tests.factories.questionnaires import make_answers, make_form_version, make_questionnaire
from tests.factories.reports import make_publication, make_report, make_report_file, make_running_award
from tests.factories.reports import make_revision as make_report_revision
from tests.factories.reviews import make_assignment, make_panel, make_panel_member
from tests.factories.uploads import make_upload


@dataclass
class World:
    """What one fund has and who works for it. `things` are its records by the word that says what they are."""

    fund: Fund
    organisation: Organisation
    signatory: User
    writer: User
    office: dict[Role, User]
    everything: User
    recused: User
    reviewer: User
    things: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, word: str) -> Any:
        try:
            return self.__dict__["things"][word]
        except KeyError:
            raise AttributeError(word) from None


def make_world(code: str) -> World:
    """`everything` holds every role in this fund; `recused` too, but has a tie to the one organisation here."""
    donee = LegalDonee.objects.create(name=f"Sponsor of {code}", address="1 Example Quay", tax_identifier="00-0000000")
    fund = make_fund(code, legal_donee=donee, theme="bicf")
    organisation = make_organisation(f"City of {code.capitalize()}")
    world = World(
        fund=fund,
        organisation=organisation,
        signatory=make_signatory(organisation, f"Sina {code}"),
        writer=make_member(organisation, f"Wim {code}"),
        office={role: make_person(f"{role.label} {code}", role, fund=fund) for role in Role},
        everything=make_person(f"Evi {code}", *Role, fund=fund),
        recused=make_person(f"Rex {code}", *Role, fund=fund),
        reviewer=make_person(f"Rae {code}", Role.REVIEWER, fund=fund),
    )
    world.things["tie"] = make_conflict(world.recused, organisation)
    for add in (_people, _asking, _applying, _reviewing, _deciding, _granting, _paying, _reporting, _giving):
        world.things |= add(world)
    return world


def _people(world: World) -> dict[str, Any]:
    leaver = make_person("Lea Leaver", Role.OFFICER, fund=world.fund)
    invited = make_person("Ina Invited")
    key = {"type": Authenticator.Type.WEBAUTHN, "data": {"name": "A key", "credential": {}}}
    return {
        "leaver": leaver,
        "proposed_role": RoleGrant.objects.create(
            user=leaver, role=Role.EDITOR, fund=world.fund, starts_on=clock.today("UTC"), state=RoleState.PROPOSED
        ),
        "reset": FactorReset.objects.create(
            person=leaver, reason="The phone is lost.", proposed_by=world.office[Role.PEOPLE_ADMIN]
        ),
        "invited": invited,
        "invitation": make_invitation(world.organisation, invited, by=world.signatory),
        "membership": world.organisation.memberships.get(user=world.writer),
        "passkey": Authenticator.objects.create(user=world.signatory, **key),
        "document": make_upload(world.everything, kind="upload", fund=world.fund),
    }


def _asking(world: World) -> dict[str, Any]:
    form = make_questionnaire(world.fund, name="Questions")
    make_form_version(form)
    hidden = make_action(public=False, reference=f"hidden-{world.fund.code}")
    return {
        "form": form,
        "planned_call": make_call(world.fund, state="draft", code=f"{world.fund.code}-planned"),
        "open_call": make_call(world.fund, code=f"{world.fund.code}-open"),
        "hidden_action": hidden,
    }


def _applying(world: World) -> dict[str, Any]:
    stage = world.open_call.stages.get(number=1)
    draft = _application(world, stage, ApplicationState.DRAFT)
    helper = make_person("Hal Helper")
    return {
        "stage": stage,
        "draft": draft,
        "draft_file": _attach(draft),
        "helper": helper,
        "collaborator": Collaborator.objects.create(application=draft, user=helper, added_by=world.signatory),
        "sent": _application(world, stage, ApplicationState.SUBMITTED),
    }


def _application(world: World, stage: Any, state: str, **facts: Any) -> Application:
    return make_application(stage, organisation=world.organisation, by=world.signatory, state=state, **facts)


def _attach(application: Application) -> Upload:
    """A clean file that answers the first question which asks for one."""
    question = next(one for one in application.draft.form_version.form.questions if one.kind == "file")
    upload = make_upload(application.started_by, fund=application.fund)
    Attachment.objects.create(
        application=application, upload=upload, question=question.key, added_by=application.started_by
    )
    application.draft.answers[question.key] = [str(upload.token)]
    application.draft.save()
    return upload


def _reviewing(world: World) -> dict[str, Any]:
    call = make_funded_call(fund=world.fund, code=f"{world.fund.code}-judged")
    judged = call.stages.get(number=1)
    panel = make_panel(judged, members=1)
    screened = _application(world, judged, ApplicationState.SCREENING, title="The one being checked")
    read = _application(world, judged, ApplicationState.IN_REVIEW, title="The one being read")
    judged_before = _application(world, judged, ApplicationState.REVIEWED, title="The one that was read")
    file = _attach(read)
    make_revision(read, answers=read.draft.answers | make_answers("USD"))
    member = make_panel_member(panel, world.reviewer)
    make_panel_member(panel, world.office[Role.REVIEWER])
    spare = make_panel_member(panel).user
    reading = {"application": read, "reviewer": world.reviewer, "state": AssignmentState.IN_PROGRESS}
    return {
        "judged_call": call,
        "judged_stage": judged,
        "judged_before": judged_before,
        "panel": panel,
        "member": member,
        "spare": spare,
        "screened": screened,
        "read": read,
        "read_file": file,
        "assignment": make_assignment(panel, **reading),
        "sealed": make_assignment(panel, **reading | {"application": judged_before, "state": AssignmentState.SEALED}),
        "beside": make_assignment(panel, application=read, state=AssignmentState.SEALED),
        "plan": Plan.objects.create(panel=panel, seed=1, state=PlanState.PROPOSED, asked_by=world.everything),
    }


def _deciding(world: World) -> dict[str, Any]:
    call: Call = world.judged_call
    prepared = make_deliberation(call, lines=0, reference="2027-01")
    adopted = make_deliberation(call, state=DeliberationState.ADOPTED, lines=0, reference="2027-02")
    released = make_deliberation(call, state=DeliberationState.RELEASED, lines=0, reference="2027-03")
    listed, staged = _decidable(world, "The listed one"), _decidable(world, "The staged one")
    refused = _decidable(world, "The refused one", proposal="not_recommend")
    make_line(prepared, listed)
    make_line(adopted, staged)
    against = make_line(released, refused, outcome=Outcome.DECLINE)
    return {
        "prepared": prepared,
        "adopted": adopted,
        "listed": listed,
        "staged": staged,
        "refused": refused,
        "appeal": _appeal(refused, against),
        "granted": [_granted(world, released, number) for number in range(3)],
        "proposed": _decidable(world, "The proposed one"),
    }


def _appeal(application: Application, decision: Any) -> Appeal:
    return Appeal.objects.create(
        application=application, decision=decision, grounds="Page three was missing.", filed_by=application.started_by
    )


def _decidable(world: World, title: str, proposal: str = "recommend") -> Application:
    return make_decidable(world.judged_stage, proposal, organisation=world.organisation, title=title)


def _granted(world: World, released: Deliberation, number: int) -> Application:
    application = _decidable(world, f"Granted {number}")
    make_line(released, application)
    return application


def _granting(world: World) -> dict[str, Any]:
    running, offered, waiting = world.granted
    award = make_running_award(application=running)
    tranche = make_tranche(award, amount_minor=award.amount_minor // 4)
    made = make_award(offered, state=AwardState.OFFERED)
    return {
        "award": award,
        "tranche": tranche,
        "condition": make_condition(tranche, ConditionKind.MILESTONE),
        "amendment": make_amendment(award, state=AmendmentState.SUBMITTED),
        "offered": made,
        "agreement": make_agreement(made, state=AgreementState.SIGNING),
        "without_offer": waiting,
        "wording": make_agreement_text(world.fund),
    }


def _paying(world: World) -> dict[str, Any]:
    award: Award = world.award
    account = make_account(world.fund)
    make_bank_details(world.organisation, fund=world.fund)
    quarter = award.amount_minor // 4
    approved = make_tranche(award, state=TrancheState.APPROVED, amount_minor=quarter)
    run = make_run(account, payments=0)
    return {
        "account": account,
        "bank": make_bank_details(
            world.organisation, state=BankState.PROPOSED, facts=OTHER, is_change=True, fund=world.fund
        ),
        "run": run,
        "instruction": make_instruction(run, approved),
        "payable": make_tranche(award, state=TrancheState.APPROVED, amount_minor=quarter),
        "sent_run": make_run(account, state=RunState.EXPORTED, payments=0),
        "line": make_bank_line(account),
    }


def _reporting(world: World) -> dict[str, Any]:
    """`due` waits to be written; `accepted` was sent with a file, read, and is public."""
    due = make_report(world.award, state=ReportState.OPEN)
    accepted = make_report(world.award, state=ReportState.ACCEPTED)
    file = make_report_file(accepted)
    accepted.draft.answers["paper"] = [str(file.upload.token)]
    accepted.draft.save()
    publication = make_publication(accepted, revision=make_report_revision(accepted))
    return {
        "due": due,
        "due_file": make_report_file(due),
        "accepted": accepted,
        "accepted_file": file,
        "publication": publication,
    }


def _giving(world: World) -> dict[str, Any]:
    campaign = make_campaign(world.fund, code=f"{world.fund.code}-gifts", purposes=[world.judged_call.purpose])
    gift = make_gift(campaign, state=GiftState.RECEIVED)
    event = {"account": account_of(world.fund).account_id, "type": "charge.succeeded", "livemode": False}
    return {
        "campaign": campaign,
        "gift": gift,
        "open_gift": make_gift(campaign, state=GiftState.CHECKOUT_OPEN),
        "refund": make_refund(gift),
        "receipt": issue_receipt(gift.pk),
        "letter": Letter.objects.filter(fund=world.fund).order_by("pk").first(),
        "event": Event.objects.create(
            event_id=f"evt_{world.fund.code}", payload=b"{}", happened_at=clock.now(), **event
        ),
    }
