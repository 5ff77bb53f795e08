from grants.payments.account_facts import AccountFacts
from grants.payments.services.accepting import accept_award
from grants.payments.services.bank import (
    activate_due,
    keep_paying_account,
    propose_bank_details,
    refuse_bank_details,
    reveal_bank_details,
    verify_bank_details,
)
from grants.payments.services.confirming import fail_instruction
from grants.payments.services.exporting import export_run, read_payment_file
from grants.payments.services.lines import Imported, Preview, PreviewLine, import_lines, preview_lines
from grants.payments.services.matching import explain_line, match_line, return_line
from grants.payments.services.runs import add_instruction, approve_run, cancel_run, draft_run, remove_instruction

__all__ = [
    "AccountFacts",
    "Imported",
    "Preview",
    "PreviewLine",
    "accept_award",
    "activate_due",
    "add_instruction",
    "approve_run",
    "cancel_run",
    "draft_run",
    "explain_line",
    "export_run",
    "fail_instruction",
    "import_lines",
    "keep_paying_account",
    "match_line",
    "preview_lines",
    "propose_bank_details",
    "read_payment_file",
    "refuse_bank_details",
    "remove_instruction",
    "return_line",
    "reveal_bank_details",
    "verify_bank_details",
]
