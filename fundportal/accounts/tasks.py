from celery import shared_task

from fundportal.accounts import services


@shared_task(name="accounts.sweep_roles")
def sweep_roles() -> int:
    return services.end_outlived_roles()
