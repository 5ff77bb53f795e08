from django.db import migrations

from fundportal.append_only import forbid_changes


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_private_files_with_their_fingerprint")]

    operations = [forbid_changes("documents_document")]
