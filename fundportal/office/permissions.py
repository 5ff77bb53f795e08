from fundportal.access import Role, policy

policy("office.open", *(role for role in Role.values if role != Role.REVIEWER))
