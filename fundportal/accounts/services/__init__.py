from fundportal.accounts.services.deputies import propose_deputy
from fundportal.accounts.services.factors import (
    approve_factor_reset,
    propose_factor_reset,
    why_not_approve_reset,
    withdraw_factor_reset,
)
from fundportal.accounts.services.leaving import close_account, reopen_account
from fundportal.accounts.services.people import account_for, add_person, edit_account, sign_up
from fundportal.accounts.services.roles import (
    Term,
    approve_role,
    end_outlived_roles,
    end_role,
    propose_role,
    sync_editors,
    why_not_approve,
    withdraw_role,
)

__all__ = [
    "Term",
    "account_for",
    "add_person",
    "approve_factor_reset",
    "approve_role",
    "close_account",
    "edit_account",
    "end_outlived_roles",
    "end_role",
    "propose_deputy",
    "propose_factor_reset",
    "propose_role",
    "reopen_account",
    "sign_up",
    "sync_editors",
    "why_not_approve",
    "why_not_approve_reset",
    "withdraw_factor_reset",
    "withdraw_role",
]
