"""Applications to the open call of the practice round: one received, one half written, each by made-up people."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from fundportal.demo.cast import named
from fundportal.organisations.models import Organisation
from grants.applications import services
from grants.applications.models import Application
from grants.applications.queries import stages_to_apply_to
from grants.calls.models import Stage

DATA = Path(__file__).parent.parent / "data" / "applications.json"


def load(report: Callable[[str], None]) -> None:
    """Changes nothing once an application is there, and nothing while no call of the practice fund is open."""
    stage = next((one for one in stages_to_apply_to() if one.call.fund.code == "practice"), None)
    if stage is None or stage.applications.exists():
        return
    written = [write(stage, facts) for facts in json.loads(DATA.read_text(encoding="utf-8"))]
    report(f"{len(written)} applications to the open call of the practice fund")


def write(stage: Stage, facts: Mapping[str, Any]) -> Application:
    """By the person named, section by section; sent where the facts say so."""
    organisation = Organisation.objects.get(name=facts["organisation"])
    by = named(facts["by"])
    made = services.start_application(stage.pk, organisation_id=organisation.pk, language=facts["language"], by=by)
    version = 1
    for section in made.draft.form_version.form.sections:
        keys = {question.key for question in section.questions}
        answers = {key: answer for key, answer in facts["answers"].items() if key in keys}
        version = services.save_section(made.pk, section=section.key, answers=answers, version=version, by=by).version
    if facts["is_sent"]:
        services.submit(made.pk, version=version, by=by)
    return made
