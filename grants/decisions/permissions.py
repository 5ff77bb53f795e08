from fundportal.access import policy

VIEW = policy("decisions.view", "officer", "manager", "chair", "clerk", "auditor", by_system=True).name
RECOMMEND = policy("decisions.recommend", "chair").name
PREPARE = policy("decisions.prepare", "officer", "clerk").name
APPROVE = policy("decisions.approve", "manager", "clerk").name
ADOPT = policy("decisions.adopt", "clerk").name
INVITE = policy("decisions.invite", "manager").name
DROP_INVITATION = policy("decisions.drop_invitation", "chair", "manager").name
ANSWER = policy("decisions.answer_appeal", "manager", "clerk").name
MANAGER_VOICE = policy("decisions.answer_as_manager", "manager").name
CLERK_VOICE = policy("decisions.answer_as_clerk", "clerk").name
CONCLUDE = policy("decisions.conclude", "manager").name
RELEASE = policy("decisions.release", "clerk", by_system=True).name
