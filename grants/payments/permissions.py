from fundportal.access import policy

VIEW = policy("payments.view", "finance_maker", "finance_checker", "manager", "auditor", by_system=True).name
VERIFY_BANK = policy("payments.verify_bank", "finance_checker", "officer", by_system=True).name
MAKE_RUN = policy("payments.make_run", "finance_maker").name
APPROVE_RUN = policy("payments.approve_run", "finance_checker", "manager").name
IMPORT_LINES = policy("payments.import_lines", "finance_maker").name
CONFIRM = policy("payments.confirm", "finance_maker", "finance_checker").name
KEEP_ACCOUNTS = policy("payments.keep_accounts", "finance_checker").name
