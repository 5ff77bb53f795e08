"""Applicants: they begin, write, send, change their mind, answer."""

from typing import Any

from fundportal.organisations.queries import members, signatories
from grants.applications import services
from grants.applications.models import Application
from grants.applications.states import UNDER_WAY, ApplicationState
from grants.calls.models import Call
from grants.calls.states import OPEN
from tests.factories.questionnaires import make_answers
from tests.properties.fund.acts import Lane, Luck, act
from tests.properties.fund.world import World

S = ApplicationState
ASKED = (2_000_000, 1_200_000, 700_000)


def of_the_organisation(world: World, pk: int) -> list[int]:
    return _people(pk, signatories)


def whoever_writes(world: World, pk: int) -> list[int]:
    return _people(pk, members)


def _people(application_id: int, who: Any) -> list[int]:
    organisation = Application.objects.select_related("organisation").get(pk=application_id).organisation
    return [person.pk for person in who(organisation)]


def calls_that_take(world: World) -> list[int]:
    return [pk for pk, state in world.known["call"].items() if state == OPEN]


def has_none_in_an_open_call(pk: int) -> bool:
    return not Application.objects.filter(organisation=pk, stage__call__state=OPEN).exists()


@act(
    "organisation",
    by=lambda _world, pk: [person.pk for person in members(pk)],
    now=lambda world, pk: bool(calls_that_take(world)) and has_none_in_an_open_call(pk),
    often=3,
)
def begin_an_application(world: World, pk: int, by: Any, luck: Luck) -> None:
    calls = calls_that_take(world) or list(world.known["call"]) or [0]
    stage = Call.objects.get(pk=luck.choose(calls)).stages.get()
    services.start_application(stage.pk, organisation_id=pk, language="en", by=by)


def is_not_written(world: World, pk: int) -> bool:
    return not Application.objects.get(pk=pk).draft.answers


def is_written(world: World, pk: int) -> bool:
    return not is_not_written(world, pk)


@act("application", S.DRAFT, by=whoever_writes, when=is_not_written, at_once=False, often=3)
def write_the_application(world: World, pk: int, by: Any, luck: Luck) -> None:
    application = Application.objects.select_related("draft__form_version").get(pk=pk)
    answers = make_answers(amount={"minor": luck.choose(ASKED), "currency": "USD"}, title=f"Idea {pk}")
    version = application.draft.version
    for section in application.draft.form_version.form.sections:
        given = {question.key: answers[question.key] for question in section.questions if question.key in answers}
        version = services.save_section(pk, section=section.key, answers=given, version=version, by=by).version


@act("application", S.DRAFT, by=of_the_organisation, when=is_written, often=3)
def send_the_application(world: World, pk: int, by: Any, luck: Luck) -> None:
    send(pk, by)


def is_unlocked(world: World, pk: int) -> bool:
    return Application.objects.get(pk=pk).unlocked_at is not None


@act("application", S.SUBMITTED, by=whoever_writes, lane=Lane.DETOUR)
def unlock_the_application(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.unlock(pk, by=by)


@act("application", S.SUBMITTED, by=whoever_writes, when=is_unlocked)
def change_what_was_sent(world: World, pk: int, by: Any, luck: Luck) -> None:
    application = Application.objects.select_related("draft").get(pk=pk)
    answers = {"title": f"A better idea {world.number()}", "who_benefits": ["newcomers"]}
    section = "project"
    kept = {key: value for key, value in application.draft.answers.items() if key in ("summary", "change")}
    services.save_section(pk, section=section, answers=kept | answers, version=application.draft.version, by=by)


@act("application", S.SUBMITTED, by=of_the_organisation, when=is_unlocked)
def send_the_application_again(world: World, pk: int, by: Any, luck: Luck) -> None:
    send(pk, by)


@act("application", S.INFO_REQUESTED, by=of_the_organisation)
def answer_the_office(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.resubmit(pk, version=Application.objects.get(pk=pk).draft.version, by=by)


@act("application", S.DRAFT, *UNDER_WAY, S.ON_HOLD, by=of_the_organisation, lane=Lane.END)
def withdraw_the_application(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.withdraw(pk, reason="We found the money elsewhere.", by=by)


def send(pk: int, by: Any) -> None:
    services.submit(pk, version=Application.objects.get(pk=pk).draft.version, by=by)
