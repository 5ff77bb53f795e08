from django.db import migrations

from fundportal.append_only import forbid_changes


class Migration(migrations.Migration):
    dependencies = [("awards", "0005_amendments_and_unspent_money")]
    operations = [forbid_changes("awards_unspentsettlement"), forbid_changes("awards_amendmentapproval")]
