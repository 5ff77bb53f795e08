from django.db import migrations

from fundportal.append_only import forbid_changes


class Migration(migrations.Migration):
    dependencies = [("awards", "0003_reports_due_and_tranches")]
    operations = [forbid_changes("awards_signature"), forbid_changes("awards_awardchange")]
