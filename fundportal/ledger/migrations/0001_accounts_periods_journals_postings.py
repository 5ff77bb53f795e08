import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fundportal.money.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("funds", "0001_funds_and_purposes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=120, verbose_name="code")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("asset", "What the fund has"),
                            ("liability", "What the fund owes"),
                            ("fund", "What the money is for"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "normal_side",
                    models.CharField(
                        choices=[("debit", "Debit"), ("credit", "Credit")], max_length=8, verbose_name="grows on"
                    ),
                ),
                ("by_purpose", models.BooleanField(verbose_name="kept by purpose")),
                (
                    "fund",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ledger_accounts", to="funds.fund"
                    ),
                ),
            ],
            options={
                "ordering": ("fund", "code"),
            },
        ),
        migrations.CreateModel(
            name="Period",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("closed", "Closed")],
                        default="open",
                        editable=False,
                        max_length=8,
                    ),
                ),
                ("closed_at", models.DateTimeField(editable=False, null=True, verbose_name="closed")),
                ("starts_on", models.DateField(verbose_name="first day")),
                ("ends_on", models.DateField(verbose_name="last day")),
                (
                    "closed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "fund",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ledger_periods", to="funds.fund"
                    ),
                ),
            ],
            options={
                "ordering": ("fund", "starts_on"),
            },
        ),
        migrations.CreateModel(
            name="Journal",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
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
                            ("opening", "Opening balance"),
                            ("reversal", "Reversal of an earlier journal"),
                        ],
                        max_length=40,
                        verbose_name="what happened",
                    ),
                ),
                ("source_kind", models.CharField(max_length=40, verbose_name="kind of fact")),
                ("source_id", models.CharField(max_length=120, verbose_name="the fact")),
                ("business_on", models.DateField(db_index=True, verbose_name="day of the fact")),
                ("posted_at", models.DateTimeField(verbose_name="booked")),
                ("memo", models.CharField(blank=True, max_length=300, verbose_name="memo")),
                ("public_memo", models.CharField(blank=True, max_length=300, verbose_name="memo for everybody")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "fund",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="journals", to="funds.fund"
                    ),
                ),
                (
                    "reverses",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="ledger.journal",
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="journals", to="ledger.period"
                    ),
                ),
            ],
            options={
                "ordering": ("-posted_at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Posting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("party", models.CharField(blank=True, max_length=120, verbose_name="who")),
                (
                    "amount_minor",
                    fundportal.money.fields.MinorUnitsField(verbose_name="debit, or credit when negative"),
                ),
                ("currency", fundportal.money.fields.CurrencyField(verbose_name="currency")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="postings", to="ledger.account"
                    ),
                ),
                (
                    "journal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="postings", to="ledger.journal"
                    ),
                ),
                (
                    "purpose",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postings",
                        to="funds.purpose",
                    ),
                ),
            ],
            options={
                "ordering": ("journal", "pk"),
            },
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.UniqueConstraint(fields=("fund", "code"), name="an_account_code_is_unique_in_its_fund"),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(("by_purpose", True), models.Q(("kind", "fund"), _negated=True), _connector="OR"),
                name="fund_accounts_are_kept_by_purpose",
            ),
        ),
        migrations.AddConstraint(
            model_name="period",
            constraint=models.UniqueConstraint(fields=("fund", "starts_on"), name="a_period_starts_once"),
        ),
        migrations.AddConstraint(
            model_name="period",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="a_period_has_days"
            ),
        ),
        migrations.AddConstraint(
            model_name="period",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", True), ("state", "open")),
                    models.Q(("closed_at__isnull", False), ("state", "closed")),
                    _connector="OR",
                ),
                name="a_closed_period_says_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="journal",
            constraint=models.UniqueConstraint(
                fields=("fund", "source_kind", "source_id"), name="a_fact_is_booked_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="journal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("source_kind", ""), _negated=True), models.Q(("source_id", ""), _negated=True)
                ),
                name="a_journal_names_its_fact",
            ),
        ),
        migrations.AddConstraint(
            model_name="journal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "reversal"), ("reverses__isnull", False)),
                    models.Q(("reverses__isnull", True), models.Q(("kind", "reversal"), _negated=True)),
                    _connector="OR",
                ),
                name="a_reversal_is_called_one",
            ),
        ),
        migrations.AddIndex(
            model_name="posting",
            index=models.Index(fields=["account", "currency", "purpose"], name="ledger_balances"),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_minor", 0), _negated=True), name="a_posting_moves_money"
            ),
        ),
    ]
