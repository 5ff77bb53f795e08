"""The call's check list, and what was found against it."""

from dataclasses import dataclass

from fundportal.languages import pick
from grants.applications.models import Application, ScreeningCheck
from grants.calls.models import Call


@dataclass(frozen=True)
class Rule:
    key: str
    text: str


@dataclass(frozen=True)
class CheckedRule:
    """`check` is None while nobody has looked."""

    rule: Rule
    check: ScreeningCheck | None


def rules_of(call: Call) -> list[Rule]:
    return [Rule(rule["key"], pick(rule["texts"])) for rule in call.screening_rules]


def checklist(application: Application) -> list[CheckedRule]:
    """In the order of the call's list."""
    found = {check.rule: check for check in application.checks.select_related("by").order_by("pk")}
    return [CheckedRule(rule, found.get(rule.key)) for rule in rules_of(application.stage.call)]


def unanswered_rules(application: Application) -> list[str]:
    """The texts of the rules that nobody found to be met."""
    return [line.rule.text for line in checklist(application) if not (line.check and line.check.passes)]


def rule_text(call: Call, key: str) -> str:
    return next((rule.text for rule in rules_of(call) if rule.key == key), key)
