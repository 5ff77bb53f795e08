from fundportal.access import Role, policy

policy(
    "documents.view", Role.OFFICER, Role.MANAGER, Role.FINANCE_MAKER, Role.FINANCE_CHECKER, Role.AUDITOR, by_system=True
)
