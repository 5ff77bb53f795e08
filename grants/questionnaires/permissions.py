from fundportal.access import policy

VIEW = policy("forms.view", "officer", "manager", "auditor", "chair").name
EDIT = policy("forms.edit", "officer", "manager").name
