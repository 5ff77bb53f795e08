from fundportal.access import policy

VIEW = policy("gifts.view", "officer", "manager", "finance_maker", "finance_checker", "auditor").name
REQUEST_REFUND = policy("gifts.refund_request", "officer", "finance_maker").name
APPROVE_REFUND = policy("gifts.refund_approve", "finance_checker", "manager").name
READ_AGAIN = policy("gifts.read_again", "officer", "manager", "finance_maker", "finance_checker").name
