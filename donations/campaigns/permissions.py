from fundportal.access import policy

VIEW = policy("campaigns.view", "officer", "manager", "finance_maker", "finance_checker", "auditor").name
MANAGE = policy("campaigns.manage", "manager").name
