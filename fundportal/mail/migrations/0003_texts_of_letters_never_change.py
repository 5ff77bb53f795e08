from django.db import migrations

from fundportal.append_only import forbid_changes


class Migration(migrations.Migration):
    dependencies = [("mail", "0002_a_fund_words_its_letters")]

    operations = [forbid_changes("mail_lettertext")]
