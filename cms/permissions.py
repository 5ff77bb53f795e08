from fundportal.access import Role, policy

EDIT = "pages.edit"

policy(EDIT, Role.EDITOR)
