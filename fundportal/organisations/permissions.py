from fundportal.access import Role, policy

policy(
    "organisations.view",
    Role.OFFICER,
    Role.MANAGER,
    Role.FINANCE_MAKER,
    Role.FINANCE_CHECKER,
    Role.AUDITOR,
    Role.CLERK,
    by_system=True,
)
policy("conflicts.view", Role.OFFICER, Role.MANAGER, Role.CHAIR, Role.AUDITOR)
policy("conflicts.declare", Role.OFFICER, Role.MANAGER, Role.CHAIR, by_system=True)
policy("conflicts.end", Role.MANAGER, Role.CHAIR, by_system=True)
policy("conflicts.own", *Role.values)
