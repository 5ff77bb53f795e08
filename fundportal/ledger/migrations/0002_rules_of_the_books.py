from django.db import migrations

from fundportal.append_only import forbid_changes
from fundportal.ledger.rules import STAND


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_accounts_periods_journals_postings")]

    operations = [
        STAND,
        forbid_changes("ledger_account"),
        forbid_changes("ledger_journal"),
        forbid_changes("ledger_posting"),
    ]
