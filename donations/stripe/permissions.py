from fundportal.access import policy

VIEW = policy("stripe.view", "officer", "manager", "finance_maker", "finance_checker", "auditor").name
RETRY = policy("stripe.retry", "finance_checker", "manager").name
