import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fundportal.clock


def to_a_person(*, related_name: str, null: bool = False) -> models.ForeignKey:
    return models.ForeignKey(
        null=null, on_delete=django.db.models.deletion.PROTECT, related_name=related_name, to=settings.AUTH_USER_MODEL
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_deputies"),
    ]

    operations = [
        migrations.CreateModel(
            name="FactorReset",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("proposed_at", models.DateTimeField(default=fundportal.clock.now, verbose_name="proposed")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                ("person", to_a_person(related_name="factor_resets")),
                ("proposed_by", to_a_person(related_name="+")),
                ("approved_by", to_a_person(related_name="+", null=True)),
            ],
            options={
                "ordering": ("person", "proposed_at", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("person",),
                        name="one_reset_of_keys_is_open_for_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_approves_a_reset_they_proposed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("approved_by__isnull", True), ("ended_at__isnull", False), _connector="OR"),
                        name="a_reset_carried_out_has_ended",
                    ),
                ],
            },
        ),
    ]
