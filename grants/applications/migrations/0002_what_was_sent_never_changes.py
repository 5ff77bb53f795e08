from django.db import migrations

from fundportal.append_only import forbid_changes


class Migration(migrations.Migration):
    dependencies = [("applications", "0001_applications_drafts_revisions_and_screening")]
    operations = [forbid_changes("applications_revision"), forbid_changes("applications_census")]
