from fundportal.access import Role, policy

policy("roles.view", Role.PEOPLE_ADMIN, Role.AUDITOR, by_system=True)
policy("roles.propose", Role.PEOPLE_ADMIN, by_system=True)
policy("roles.approve", Role.PEOPLE_ADMIN, by_system=True)
policy("roles.end", Role.PEOPLE_ADMIN, by_system=True)
policy("people.add", Role.PEOPLE_ADMIN, by_system=True)
policy("people.close", Role.PEOPLE_ADMIN, by_system=True)
policy("factors.reset", Role.PEOPLE_ADMIN)
