"""What a receipt says, and that it was issued, stays: the database refuses to rewrite or delete one."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

PRINTED = "fund_id, year, number, gift_id, code, token, language, snapshot, total_minor, currency, issued_at"
SQLITE = (
    """CREATE TRIGGER receipts_receipt_stays BEFORE DELETE ON receipts_receipt
    BEGIN SELECT RAISE(ABORT, 'a receipt is never deleted'); END""",
    f"""CREATE TRIGGER receipts_receipt_is_not_rewritten BEFORE UPDATE OF {PRINTED} ON receipts_receipt
    BEGIN SELECT RAISE(ABORT, 'a receipt is never rewritten'); END""",
)
POSTGRESQL = (
    """CREATE FUNCTION receipts_receipt_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'a receipt is never rewritten or deleted'
    USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    """CREATE TRIGGER receipts_receipt_stays BEFORE DELETE ON receipts_receipt
    FOR EACH ROW EXECUTE FUNCTION receipts_receipt_refuse()""",
    f"""CREATE TRIGGER receipts_receipt_is_not_rewritten BEFORE UPDATE OF {PRINTED} ON receipts_receipt
    FOR EACH ROW EXECUTE FUNCTION receipts_receipt_refuse()""",
)


def forbid(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL:
        editor.execute(statement, params=None)


def allow(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "sqlite":
        editor.execute("DROP TRIGGER receipts_receipt_stays")
        editor.execute("DROP TRIGGER receipts_receipt_is_not_rewritten")
    else:
        editor.execute("DROP FUNCTION receipts_receipt_refuse() CASCADE", params=None)


class Migration(migrations.Migration):
    dependencies = [("receipts", "0001_receipts_and_their_numbers")]

    operations = [migrations.RunPython(forbid, allow)]
