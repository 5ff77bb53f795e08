"""What the front desk keeps: people, conflicts, letters, the record; and a fund with so many calls and forms."""

from datetime import timedelta

from fundportal import clock
from fundportal.access import Role
from fundportal.audit.models import Entry
from fundportal.mail.models import Letter
from grants.decisions.states import DeliberationState
from tests.bench.casting import cast, cast_each
from tests.factories.calls import make_call
from tests.factories.decisions import make_deliberation
from tests.factories.organisations import make_conflict, make_organisation
from tests.factories.people import make_fund, make_person


class Office:
    def __init__(self) -> None:
        self.fund = make_fund("many-calls", names={"en": "A fund of many calls", "fr": "Un fonds de nombreux appels"})
        self.person = make_person("Paul Person", Role.OFFICER, fund=self.fund)
        self.conflict = make_conflict(self.person, make_organisation())
        self.letter = Letter.objects.create(
            key="mould",
            template="receipts/receipt",
            to_address="somebody@example.org",
            language="en",
            fund=self.fund,
            subject="A letter",
            text_body="A text.",
            html_body="<p>A text.</p>",
        )
        self.list = make_deliberation(make_call(self.fund, state="assessing"), state=DeliberationState.PREPARED)
        self.entry = Entry.objects.create(
            at=clock.now(),
            action="applications.submit",
            actor=self.person,
            fund=self.fund,
            subject_kind="applications.Application",
            subject_id="1",
            subject_label="PW27-0001 A kitchen that teaches",
            before="draft",
            after="submitted",
            facts={"revision": 1, "sha256": "0" * 64},
        )

    def grow(self, numbers: range) -> None:
        people = cast(
            self.person,
            numbers,
            email=lambda number: f"measured-{number}@example.org",
            full_name=lambda number: f"Person {number:04d}",
        )
        cast_each(list(self.person.role_grants.all()), numbers, user=people.get)
        cast(self.conflict, numbers, person=people.get)
        cast(self.letter, numbers, key=lambda number: f"letter:{number}")
        begun = clock.now()
        cast(
            self.entry,
            numbers,
            at=lambda number: begun - timedelta(seconds=number),
            subject_id=str,
            subject_label=lambda number: f"PW27-{number:04d} A kitchen that teaches",
        )
        self._calls(numbers)

    def _calls(self, numbers: range) -> None:
        """Each with its form, and an application that a list proposes to approve."""
        mould = self.list.call
        (stage,) = mould.stages.all()
        forms = cast(stage.questionnaire, numbers, name=lambda number: f"Form {number}")
        calls = cast(mould, numbers, code=lambda number: f"many-{number}", prefix=lambda number: f"MANY{number}")
        stages = cast(stage, numbers, call=calls.get, questionnaire=forms.get)
        line = self.list.decisions.get()
        applications = cast(line.application, numbers, reference=lambda number: f"MANY{number}-0001", stage=stages.get)
        lists = cast(self.list, numbers, call=calls.get)
        cast(line, numbers, deliberation=lists.get, application=applications.get)
