"""A draft is begun, and people are let in to write along."""

from django.db import transaction
from django.utils.translation import gettext as _

from fundportal import clock
from fundportal.accounts.models import User
from fundportal.accounts.services import account_for
from fundportal.audit.services import record
from fundportal.organisations.models import Organisation
from fundportal.organisations.queries import may_edit, members
from fundportal.refusals import NotAllowed, Refusal
from grants.applications import emails
from grants.applications.models import Application, Collaborator, Draft
from grants.applications.permissions import FOLLOW
from grants.applications.queries.carrying import carried_over
from grants.applications.services.locking import authorise_office, authorise_writer, lock_application
from grants.applications.services.writing import set_headline
from grants.applications.states import COUNTED, ApplicationState
from grants.calls.models import Call, Stage
from grants.calls.states import CallState
from grants.questionnaires.models import FormVersion


@transaction.atomic
def start_application(stage_id: int, *, organisation_id: int, language: str, by: User) -> Application:
    """A draft with the next number of its call. Raises Refusal (409 closed or too many, 422 not for them, 403)."""
    call_id = Stage.objects.values_list("call_id", flat=True).get(pk=stage_id)
    call = Call.objects.select_for_update(of=("self",)).select_related("fund").get(pk=call_id)
    stage = call.stages.select_related("form_version").get(pk=stage_id)
    organisation = Organisation.objects.get(pk=organisation_id)
    if not may_edit(by, organisation):
        raise NotAllowed(_("Only people who work for this organisation write its applications."))
    form_version = _form_of(stage)
    _refuse_unless_meant_for(stage.call, organisation)
    application = Application.objects.create(
        reference=_next_reference(stage.call),
        stage=stage,
        organisation=organisation,
        language=language if language in stage.call.languages else next(iter(stage.call.languages), "en"),
        started_at=clock.now(),
        started_by=by,
    )
    Draft.objects.create(application=application, form_version=form_version, saved_at=clock.now(), saved_by=by)
    record("applications.start", application, by=by, fund=stage.call.fund, after=application.state)
    return application


@transaction.atomic
def start_successor(application_id: int, *, by: User) -> Application:
    """The draft of the next stage for whoever was invited to it, with what the concept note says already.

    Asked twice it is the one draft. Raises Refusal (409) while the application is not invited.
    """
    call_id = Application.objects.values_list("stage__call", flat=True).get(pk=application_id)
    call = Call.objects.select_for_update(of=("self",)).select_related("fund").get(pk=call_id)
    application = lock_application(application_id)
    authorise_office(by, FOLLOW, application)
    standing = Application.objects.filter(predecessor=application).first()
    if standing is not None:
        return standing
    stage = call.stages.select_related("form_version").filter(number__gt=application.stage.number).first()
    if application.state != ApplicationState.INVITED or stage is None or stage.form_version is None:
        raise Refusal(_("Only whoever was invited to the next stage begins it."))
    stage.call = call
    successor = _successor(application, stage, stage.form_version)
    facts = {"predecessor": application.reference}
    record("applications.follow", successor, by=by, fund=call.fund, after=successor.state, facts=facts)
    return successor


def _successor(application: Application, stage: Stage, form_version: FormVersion) -> Application:
    form = form_version.form
    answers = carried_over(application.revisions.latest("number"), form)
    made = Application(
        reference=_next_reference(stage.call),
        stage=stage,
        organisation=application.organisation,
        predecessor=application,
        language=application.language,
        started_at=clock.now(),
        started_by=application.started_by,
    )
    set_headline(made, form, answers)
    made.save()
    Draft.objects.create(
        application=made, form_version=form_version, answers=answers, saved_at=clock.now(),
        saved_by=application.started_by,
    )  # fmt: skip
    return made


@transaction.atomic
def add_collaborator(application_id: int, *, email: str, full_name: str, by: User) -> Collaborator:
    """Lets somebody outside the organisation write along; the answer is the same for a known address."""
    application = lock_application(application_id)
    _authorise_member(by, application)
    person = account_for(email, full_name=full_name, language=by.language)
    if members(application.organisation).filter(pk=person.pk).exists():
        raise Refusal(_("This person works for your organisation and writes here already."), status=422, field="email")
    found, is_new = Collaborator.objects.get_or_create(
        application=application, user=person, defaults={"added_by": by, "added_at": clock.now()}
    )
    if is_new:
        record("applications.add_collaborator", application, by=by, fund=application.fund, facts={"who": person.pk})
        emails.invited_to_write(application, person, by=by)
    return found


@transaction.atomic
def remove_collaborator(application_id: int, *, collaborator_id: int, by: User) -> None:
    application = lock_application(application_id)
    _authorise_member(by, application)
    found = application.collaborators.get(pk=collaborator_id)
    record("applications.remove_collaborator", application, by=by, fund=application.fund, facts={"who": found.user_id})
    found.delete()


def _authorise_member(by: User, application: Application) -> None:
    authorise_writer(by, application)
    if not may_edit(by, application.organisation):
        raise NotAllowed(_("Somebody of the organisation says who writes along."))


def _form_of(stage: Stage) -> FormVersion:
    """The form to fill in. Raises Refusal (409) unless the stage takes applications now."""
    if stage.call.state != CallState.OPEN or not stage.accepts(clock.now()) or stage.form_version is None:
        raise Refusal(_("This call takes no applications now. Its page says when it does."))
    if stage.number > 1:
        raise Refusal(_("This stage is for those who were invited to it."))
    return stage.form_version


def _refuse_unless_meant_for(call: Call, organisation: Organisation) -> None:
    if organisation.kind not in call.applicant_kinds:
        sentence = _("This call is not for organisations like %(name)s. Its page says who may apply.")
        raise Refusal(sentence % {"name": organisation.name}, status=422, field="organisation")
    held = Application.objects.filter(organisation=organisation, stage__call=call, state__in=COUNTED)
    if held.count() >= call.most_per_organisation:
        references = ", ".join(held.order_by("reference").values_list("reference", flat=True))
        sentence = _("%(name)s has as many applications in this call as it may: %(references)s.")
        words = {"name": organisation.name, "references": references}
        raise Refusal(sentence % words, field="organisation")


def _next_reference(call: Call) -> str:
    """Without gaps: applications are never deleted, and the call's row is locked."""
    number = Application.objects.filter(stage__call=call).count() + 1
    return f"{call.prefix}-{number:04d}"
