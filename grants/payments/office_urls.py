from fundportal.access.urls import SIGNED_IN, guarded
from grants.payments.permissions import (
    APPROVE_RUN,
    CONFIRM,
    IMPORT_LINES,
    KEEP_ACCOUNTS,
    MAKE_RUN,
    VERIFY_BANK,
    VIEW,
)
from grants.payments.views import bank, lines, overview, runs, statements

app_name = "payments"
urlpatterns = [
    guarded("", overview.payments, policy=VIEW, name="payments"),
    guarded("accounts/<int:account_id>/", overview.account, policy=KEEP_ACCOUNTS, name="account"),
    guarded("accounts/<int:account_id>/draft/", runs.draft, policy=MAKE_RUN, name="draft"),
    # whoever verifies is not always among those who pay: which details a person sees is said by the queryset
    guarded("bank/<int:pk>/", bank.bank, policy=SIGNED_IN, name="bank"),
    guarded("bank/<int:pk>/numbers/", bank.numbers, policy=VERIFY_BANK, name="bank_numbers"),
    guarded("bank/<int:pk>/verify/", bank.verify, policy=VERIFY_BANK, name="bank_verify"),
    guarded("bank/<int:pk>/refuse/", bank.refuse, policy=VERIFY_BANK, name="bank_refuse"),
    guarded("lines/", lines.lines, policy=VIEW, name="lines"),
    guarded("lines/read/", statements.read, policy=IMPORT_LINES, name="lines_read"),
    guarded("lines/confirm/", statements.confirm, policy=IMPORT_LINES, name="lines_confirm"),
    guarded("lines/<int:pk>/", lines.line, policy=VIEW, name="line"),
    guarded("lines/<int:pk>/match/", lines.match, policy=CONFIRM, name="line_match"),
    guarded("lines/<int:pk>/return/", lines.take_back, policy=CONFIRM, name="line_return"),
    guarded("lines/<int:pk>/explain/", lines.explain, policy=CONFIRM, name="line_explain"),
    guarded("<int:pk>/", runs.run, policy=VIEW, name="run"),
    guarded("<int:pk>/add/<int:tranche_id>/", runs.add, policy=MAKE_RUN, name="add"),
    guarded("<int:pk>/payments/<int:instruction_id>/remove/", runs.remove, policy=MAKE_RUN, name="remove"),
    guarded("<int:pk>/payments/<int:instruction_id>/fail/", runs.fail, policy=CONFIRM, name="fail"),
    guarded("<int:pk>/approve/", runs.approve, policy=APPROVE_RUN, name="approve"),
    guarded("<int:pk>/cancel/", runs.cancel, policy=VIEW, name="cancel"),
    guarded("<int:pk>/export/", runs.export, policy=MAKE_RUN, name="export"),
    guarded("<int:pk>/file/", runs.file, policy=MAKE_RUN, name="file"),
]
