"""The acts of a report's life, from its opening to the public page."""

from grants.reports.services.asking import publish_report_form, start_report_form
from grants.reports.services.publishing import PublicFacts, clear_for_publication, take_off
from grants.reports.services.reading import accept_report, ask_for_changes, waive_report
from grants.reports.services.reminding import open_due, open_report, remind, remind_of
from grants.reports.services.sending import submit_report
from grants.reports.services.writing import StalePart, attach_file, save_report

__all__ = [
    "PublicFacts",
    "StalePart",
    "accept_report",
    "ask_for_changes",
    "attach_file",
    "clear_for_publication",
    "open_due",
    "open_report",
    "publish_report_form",
    "remind",
    "remind_of",
    "save_report",
    "start_report_form",
    "submit_report",
    "take_off",
    "waive_report",
]
