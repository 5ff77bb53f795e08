from fundportal.access import Role, policy

READERS = (Role.MANAGER, Role.FINANCE_MAKER, Role.FINANCE_CHECKER, Role.AUDITOR)

policy("ledger.view", Role.OFFICER, *READERS, by_system=True)
policy("ledger.reverse", Role.FINANCE_CHECKER, by_system=True)
policy("ledger.close_period", Role.FINANCE_CHECKER, by_system=True)
