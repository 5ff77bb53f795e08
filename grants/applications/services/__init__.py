"""The acts of an application's life, from the first line to the reviewers."""

from grants.applications.services.cancelling import tell_of_cancelling
from grants.applications.services.changing import amend_form, extend_deadline
from grants.applications.services.closing import IN_FLIGHT, close_due_calls, close_stage, lapse
from grants.applications.services.leaving import (
    disqualify,
    drop_disqualification,
    hold,
    propose_disqualification,
    reinstate,
    resume,
    withdraw,
)
from grants.applications.services.reviewing import assign_application, complete_reviews
from grants.applications.services.screening import (
    begin_screening,
    check_rule,
    drop_ineligible,
    mark_eligible,
    mark_ineligible,
    propose_ineligible,
    request_info,
    uphold_appeal,
)
from grants.applications.services.sending import resubmit, submit, unlock
from grants.applications.services.starting import (
    add_collaborator,
    remove_collaborator,
    start_application,
    start_successor,
)
from grants.applications.services.writing import StaleSection, attach_file, save_section

__all__ = [
    "IN_FLIGHT",
    "StaleSection",
    "add_collaborator",
    "amend_form",
    "assign_application",
    "attach_file",
    "begin_screening",
    "check_rule",
    "close_due_calls",
    "close_stage",
    "complete_reviews",
    "disqualify",
    "drop_disqualification",
    "drop_ineligible",
    "extend_deadline",
    "hold",
    "lapse",
    "mark_eligible",
    "mark_ineligible",
    "propose_disqualification",
    "propose_ineligible",
    "reinstate",
    "remove_collaborator",
    "request_info",
    "resubmit",
    "resume",
    "save_section",
    "start_application",
    "start_successor",
    "submit",
    "tell_of_cancelling",
    "unlock",
    "uphold_appeal",
    "withdraw",
]
