from fundportal.access import policy

VIEW = policy("applications.view", "officer", "manager", "auditor", "chair", "clerk").name
SCREEN = policy("applications.screen", "officer", "manager").name
BEGIN = policy("applications.begin_screening", "officer", "manager", by_system=True).name
MANAGE = policy("applications.manage", "manager").name
CLOSE = policy("applications.close", by_system=True).name
FOLLOW = policy("applications.follow", "manager").name
ASSIGN = policy("applications.assign", "officer", "manager", by_system=True).name
COMPLETE = policy("applications.complete_reviews", by_system=True).name
