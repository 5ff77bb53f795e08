from django.db import migrations

from fundportal.append_only import forbid_changes

TABLES = ("reports_reportrevision", "reports_feedback", "reports_reminder")


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_what_is_written_sent_read_and_published")]
    operations = [forbid_changes(table) for table in TABLES]
