from django.db import migrations

from fundportal.append_only import forbid_changes


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_panels_plans_assignments_scores")]
    operations = [forbid_changes("reviews_amendment")]
