from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_rules_of_the_books")]

    operations = [
        migrations.AlterField(
            model_name="journal",
            name="kind",
            field=models.CharField(
                choices=[
                    ("gift", "Gift received"),
                    ("refund", "Gift paid back"),
                    ("refund_failed", "Refund that did not arrive"),
                    ("dispute_opened", "Gift disputed at the bank"),
                    ("dispute_won", "Dispute won"),
                    ("dispute_lost", "Dispute lost"),
                    ("stripe_fees", "Fees and adjustments by Stripe"),
                    ("unidentified", "Movement not yet understood"),
                    ("payout", "Payout on its way to the bank"),
                    ("payout_failed", "Payout that came back"),
                    ("bank_line", "Line of the bank statement"),
                    ("transfer", "Transfer between purposes"),
                    ("award", "Award promised"),
                    ("award_change", "Award raised or lowered"),
                    ("instruction", "Payment instructed at the bank"),
                    ("opening", "Opening balance"),
                    ("reversal", "Reversal of an earlier journal"),
                ],
                max_length=40,
                verbose_name="what happened",
            ),
        ),
    ]
