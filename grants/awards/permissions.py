from fundportal.access import policy

VIEW = policy("awards.view", "officer", "manager", "finance_maker", "finance_checker", "clerk", "auditor").name
OFFER = policy("awards.offer", "officer", "manager").name
MANAGE = policy("awards.manage", "officer", by_system=True).name
SIGN = policy("awards.sign", "manager").name
AMEND = policy("awards.amend", "officer", "manager").name
CHANGE = policy("awards.change", "manager").name
END = policy("awards.end", "manager", by_system=True).name
APPROVE_TRANCHE = policy("awards.approve_tranche", "manager", "finance_checker").name
