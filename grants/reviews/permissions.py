from fundportal.access import policy

REVIEW = policy("reviews.review", "reviewer", "chair").name
VIEW = policy("reviews.view", "officer", "manager", "chair", "auditor", by_system=True).name
MANAGE = policy("reviews.manage", "officer", "manager", by_system=True).name
PROPOSE_REOPENING = policy("reviews.propose_reopening", "officer", "manager").name
REOPEN = policy("reviews.reopen", "manager").name
SEAL = policy("reviews.seal", "manager", "chair").name
