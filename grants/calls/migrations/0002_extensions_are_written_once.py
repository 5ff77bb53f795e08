from django.db import migrations

from fundportal.append_only import forbid_changes


class Migration(migrations.Migration):
    dependencies = [("calls", "0001_calls_their_stages_and_criteria")]

    operations = [forbid_changes("calls_extension")]
