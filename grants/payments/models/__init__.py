from grants.payments.models.bank_details import BankDetails, PayingAccount
from grants.payments.models.bank_line import BankLine, LineMatch, Statement
from grants.payments.models.payment_run import Instruction, PaymentFile, PaymentRun, RunApproval

__all__ = [
    "BankDetails",
    "BankLine",
    "Instruction",
    "LineMatch",
    "PayingAccount",
    "PaymentFile",
    "PaymentRun",
    "RunApproval",
    "Statement",
]
