from django.db import migrations

from fundportal.append_only import forbid_changes


class Migration(migrations.Migration):
    dependencies = [("payments", "0003_statements_and_their_lines")]
    operations = [
        forbid_changes("payments_paymentfile"),
        forbid_changes("payments_statement"),
        forbid_changes("payments_bankline"),
        forbid_changes("payments_linematch"),
    ]
