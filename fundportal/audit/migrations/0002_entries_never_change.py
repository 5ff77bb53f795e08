from django.db import migrations

from fundportal.append_only import forbid_changes


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_append_only_entries")]

    operations = [forbid_changes("audit_entry")]
