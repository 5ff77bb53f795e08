from grants.payments.lifecycle.bank_details import BankDetailsLifecycle
from grants.payments.lifecycle.payment_run import PaymentRunLifecycle

__all__ = ["BankDetailsLifecycle", "PaymentRunLifecycle"]
