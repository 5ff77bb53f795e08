from grants.applications.queries.acknowledgement import Acknowledgement, acknowledgement
from grants.applications.queries.clock import next_count_at
from grants.applications.queries.lists import ApplicationFilter, StateCounts, application_page, calls_of, state_counts
from grants.applications.queries.pages import application_in_full, applications_of, reviewable, stages_to_apply_to
from grants.applications.queries.people import may_send, may_write
from grants.applications.queries.readiness import Missing, missing, open_sections
from grants.applications.queries.screening import CheckedRule, Rule, checklist, rule_text, rules_of
from grants.applications.queries.timeline import Moment, public_timeline, timeline
from grants.applications.queries.waiting import answers_asked, drafts_to_send, exclusions_to_decide, to_be_checked

__all__ = [
    "Acknowledgement",
    "ApplicationFilter",
    "CheckedRule",
    "Missing",
    "Moment",
    "Rule",
    "StateCounts",
    "acknowledgement",
    "answers_asked",
    "application_in_full",
    "application_page",
    "applications_of",
    "calls_of",
    "checklist",
    "drafts_to_send",
    "exclusions_to_decide",
    "may_send",
    "may_write",
    "missing",
    "next_count_at",
    "open_sections",
    "public_timeline",
    "reviewable",
    "rule_text",
    "rules_of",
    "stages_to_apply_to",
    "state_counts",
    "timeline",
    "to_be_checked",
]
