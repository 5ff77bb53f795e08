from fundportal.access import policy

VIEW = policy("calls.view", "officer", "manager", "finance_maker", "finance_checker", "auditor", "chair", "clerk").name
EDIT = policy("calls.edit", "officer", "manager").name
PUBLISH = policy("calls.publish", "manager").name
OPEN = policy("calls.open", "manager", by_system=True).name
CLOSE = policy("calls.close", by_system=True).name
