from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("funds", "0001_funds_and_purposes")]

    operations = [
        migrations.AddField(
            model_name="fund",
            name="may_promise_receivables",
            field=models.BooleanField(default=False, verbose_name="promises what funders owe without condition"),
        ),
    ]
