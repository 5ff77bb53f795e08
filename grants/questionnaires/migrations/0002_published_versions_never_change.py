from django.db import migrations

from fundportal.append_only import forbid_changes


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0001_forms_and_their_published_versions")]

    operations = [forbid_changes("questionnaires_formversion")]
