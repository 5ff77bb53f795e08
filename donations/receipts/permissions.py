from fundportal.access import Role, policy

policy("receipts.view", Role.OFFICER, Role.MANAGER, Role.FINANCE_MAKER, Role.FINANCE_CHECKER, Role.AUDITOR)
policy("receipts.issue", by_system=True)
policy("receipts.void", by_system=True)
