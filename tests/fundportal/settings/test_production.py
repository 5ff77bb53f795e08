"""Production is started in a process of its own, as a server would."""

import os
import subprocess
import sys

import pytest

SECRETS = {
    "SECRET_KEY": "k" * 60,
    "ALLOWED_HOSTS": "fund.example.org",
    "SITE_ORIGIN": "https://fund.example.org",
    "DATABASE_URL": "postgres://portal@localhost/portal",
    "CELERY_BROKER_URL": "redis://localhost/0",
    "DOCUMENTS_DIR": "/srv/documents",
    "QUARANTINE_DIR": "/srv/quarantine",
    "EMAIL_HOST": "mail.example.org",
    "DEFAULT_FROM_EMAIL": "receipts@example.org",
    "STRIPE_API_KEY": "sk_test_nothing",
    "STRIPE_WEBHOOK_SECRETS": "whsec_nothing",
}
ASK = """
import django
django.setup()
from django.apps import apps
from django.conf import settings
from django.urls import Resolver404, resolve
try:
    found = resolve("/demo/").namespace
except Resolver404:
    found = "nothing"
print(settings.DEMO, settings.DEBUG, apps.is_installed("fundportal.demo"), found == "demo")
"""


def start(**environment: str) -> subprocess.CompletedProcess[str]:
    known = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "fundportal.settings.production"}
    return subprocess.run(
        [sys.executable, "-c", ASK], env=known | environment, capture_output=True, text=True, timeout=240, check=False
    )


def test_the_demo_is_not_there_in_production():
    answer = start(**SECRETS)
    assert answer.stdout.split() == ["False", "False", "False", "False"], answer.stderr


@pytest.mark.parametrize("missing", ["SECRET_KEY", "DATABASE_URL", "STRIPE_WEBHOOK_SECRETS"])
def test_without_a_secret_it_does_not_start_and_names_it(missing):
    answer = start(**{name: value for name, value in SECRETS.items() if name != missing})
    assert answer.returncode != 0
    assert f"Set the environment variable {missing}" in answer.stderr
