from fundportal.access import Role, policy

policy("mail.view", Role.MANAGER, Role.AUDITOR, Role.PEOPLE_ADMIN)
policy("letters.edit", Role.MANAGER)
policy("mail.retry", Role.MANAGER, Role.PEOPLE_ADMIN)
