"""Two worlds that differ only in a secret: whoever is not cleared for it reads the same in both, to the byte.

What a person does in a world is taken back after each request, and the secret is turned back at its end.
"""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db.models import Max

import fundportal.context
from fundportal import clock
from fundportal.access import Role, policies
from fundportal.celery import app
from grants.applications.models import Application
from grants.applications.states import ApplicationState
from grants.decisions.models import BudgetHold, Decision
from grants.decisions.states import Outcome
from grants.reviews.models import Assignment, Score
from tests.doors.addresses import addresses, url_of
from tests.doors.knocks import Answer, Person, letters_since, quietly, taken_back
from tests.doors.reading import Door, differences, doors_of, press, read
from tests.doors.world import World, make_world
from tests.factories.organisations import join
from tests.factories.people import hold, make_person

pytestmark = pytest.mark.django_db

# What the worker does by itself; Stripe, the mail server and the checks of files are other houses.
TASKS = (
    "calls.open_due", "applications.close_due_calls", "decisions.release_due", "payments.activate_due",
    "awards.lapse_due", "awards.ready_due", "reports.open_due", "reports.remind", "reviews.sweep",
    "accounts.sweep_roles",
)  # fmt: skip
UNCLEARED = (Role.FINANCE_MAKER, Role.FINANCE_CHECKER, Role.EDITOR, Role.PEOPLE_ADMIN)
OF_JUDGEMENT = re.compile(
    r"/en/office/(applications|reviews|decisions|calls|letters|search|record|$)|/en/review/|/en/my/"
)
FILLED = {"version": "1", "reason": "We found the money elsewhere.", "grounds": "Page three was missing."}
# Signing in and out makes somebody else of the person who knocks; Stripe speaks JSON.
LEFT_ALONE = ("en/accounts/", "stripe/")
ONE_HOUR = timedelta(hours=1)
Secret = Callable[[World], object]


def somebody_else_read_it(world: World) -> None:
    reviews = Assignment.objects.filter(application__stage=world.judged_stage, reviewer=world.reviewer)
    assert reviews.update(reviewer=world.spare)


def scored_higher(world: World) -> None:
    scores = Score.objects.filter(assignment__application__stage=world.judged_stage)
    assert scores.update(value=5, justification="Nothing could be better.")


def declined_instead(world: World) -> None:
    """Adopted by the body, to be announced the day after tomorrow."""
    decision = Decision.objects.filter(deliberation=world.adopted)
    BudgetHold.objects.filter(decision__in=decision).delete()
    decision.update(outcome=Outcome.DECLINE, amount_minor=None, currency="")
    Application.objects.filter(pk=world.staged.pk).update(
        state=ApplicationState.DECLINED, staged_from=ApplicationState.NOT_RECOMMENDED
    )


def the_others_scored_otherwise(world: World) -> None:
    world.beside.scores.update(value=0, justification="Nothing could be worse.")
    Assignment.objects.filter(pk=world.beside.pk).update(reviewer=world.spare)


SECRETS: tuple[Secret, ...] = (somebody_else_read_it, scored_higher, declined_instead)


@pytest.fixture
def world() -> Iterator[World]:
    with quietly(), clock.at(clock.now()):
        yield make_world("aurora")


@pytest.fixture
def doors(world: World) -> list[Door]:
    return doors_of(world)


@pytest.fixture
def judging(doors: list[Door]) -> list[Door]:
    return [door for door in doors if OF_JUDGEMENT.match(door.urls[0])]


def both(world: World, look: Callable[[], dict[str, Answer]], *secrets: Secret) -> list[str]:
    as_it_is = look()
    with taken_back():
        for change in secrets:
            change(world)
        return differences(as_it_is, look())


def strangers(world: World) -> list[Person]:
    """The applicants, who works for the fund without a part in its judgement, and who has nothing to do with it.

    Whoever holds all those roles reads what each of them reads.
    """
    elsewhere, fellow = make_world("boreal"), world.office[Role.REVIEWER]
    join(elsewhere.everything, elsewhere.organisation, is_signatory=True)
    for role in UNCLEARED:
        hold(fellow, role, fund=world.fund)
    return [
        Person("a visitor"),
        Person("the signatory", world.signatory),
        Person("who writes along", world.helper),
        Person("a stranger with every role elsewhere", elsewhere.everything),
        Person("who holds every role that judges nothing", fellow),
    ]


def test_those_are_all_the_roles_that_judge_nothing():
    judges = {role for name in ("reviews.view", "decisions.view") for role in policies.all_policies()[name].roles}
    assert set(Role.values) - judges == {*UNCLEARED, Role.REVIEWER}


def test_whoever_is_not_cleared_reads_the_same_in_both_worlds(world, doors):
    told = {one.name: both(world, lambda one=one: read(one, doors), *SECRETS) for one in strangers(world)}
    assert {name: urls for name, urls in told.items() if urls} == {}


def test_whoever_has_a_tie_reads_nothing_of_names_and_scores(world, judging):
    recused = Person("who has a tie", world.recused)
    assert both(world, lambda: read(recused, judging), somebody_else_read_it, scored_higher) == []


def test_a_reviewer_reads_nothing_of_the_others_before_handing_in(world, judging):
    reviewer = Person("the reviewer", world.reviewer)
    assert both(world, lambda: read(reviewer, judging), the_others_scored_otherwise) == []


def test_what_the_uncleared_try_to_do_is_answered_alike(world):
    """Refusals are in the same words, and the letters that acts cause say the same."""
    people = [
        Person("the signatory", world.signatory),
        Person("a finance maker", world.office[Role.FINANCE_MAKER]),
        Person("a reviewer", world.office[Role.REVIEWER]),
    ]
    known = [one for one in addresses() if not one.route.startswith(LEFT_ALONE)]
    urls = [url_of(one, world) if one.keys else one.url({}) for one in known]
    mine = [f"/en/my/applications/{world.staged.reference}/{act}/" for act in ("withdraw", "unlock", "send", "appeal")]
    told = {one.name: both(world, lambda one=one: press(one, [*urls, *mine], FILLED), *SECRETS) for one in people}
    assert {name: found for name, found in told.items() if found} == {}


def test_the_clock_writes_the_same_letters(world):
    def letters() -> list[tuple[str, ...]]:
        with taken_back(), clock.at(clock.now() + clock_ahead):
            for name in TASKS:
                app.tasks[name]()
            return letters_since()

    app.loader.import_default_modules()
    clock_ahead = world.adopted.release_at - clock.now() - ONE_HOUR
    as_it_is = letters()
    with taken_back():
        for change in SECRETS:
            change(world)
        assert letters() == as_it_is


@pytest.mark.parametrize("secret", SECRETS)
def test_canary_a_manager_reads_the_difference(world, doors, secret):
    manager = Person("a manager", world.office[Role.MANAGER])
    office = [door for door in doors if re.search("/office/(reviews|decisions)/", door.urls[0])]
    assert both(world, lambda: read(manager, office), secret) != []


@pytest.mark.parametrize("leak", ["words", "queries"])
def test_canary_a_page_that_lets_something_slip_is_found(world, doors, monkeypatch, leak):
    def slip(_request: object) -> list[fundportal.context.Link]:
        highest = Score.objects.aggregate(highest=Max("value"))["highest"]
        if leak == "words":
            return [fundportal.context.Link(highest, "/")]
        return [] if highest < 5 else list(Score.objects.none() | Score.objects.filter(value__lt=0))

    monkeypatch.setattr(fundportal.context, "my_nav", slip)
    nobody = Person("somebody without a role", make_person("Nora Nobody"))
    mine = [door for door in doors if door.urls == ("/en/my/",)]
    assert both(world, lambda: read(nobody, mine), scored_higher) == [
        "/en/my/" if leak == "words" else "/en/my/ (queries)"
    ]
