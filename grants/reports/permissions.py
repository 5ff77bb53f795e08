from fundportal.access import policy

VIEW = policy(
    "reports.view", "officer", "manager", "finance_maker", "finance_checker", "clerk", "editor", "auditor"
).name
REVIEW = policy("reports.review", "officer", "manager").name
WAIVE = policy("reports.waive", "manager").name
PUBLISH = policy("reports.publish", "officer", "editor").name
OPEN = policy("reports.open", by_system=True).name
REMIND = policy("reports.remind", by_system=True).name
