"""The bank's statement: shown before it counts, each line booked once, payments recognised, the rest for a person."""

from datetime import timedelta
from itertools import permutations

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F

from fundportal import clock
from fundportal.access import Role
from fundportal.ledger.models import Journal
from fundportal.ledger.queries import balance, balances
from fundportal.mail.models import Letter
from fundportal.money import Money
from fundportal.refusals import Refusal
from grants.awards.models import Award, Tranche
from grants.awards.states import TrancheState
from grants.payments import services
from grants.payments.models import BankLine, Instruction, LineMatch, PaymentRun, Statement
from grants.payments.services import lines
from grants.payments.states import Ending, LineKind, RunState
from tests.factories.organisations import make_conflict
from tests.factories.payments import HELD, confirm, make_account, make_line, make_run
from tests.factories.people import make_fund, make_person
from tests.grants.payments.books import broken
from tests.grants.rows import answered, undone

pytestmark = pytest.mark.django_db

HEAD = "booked_on,amount,currency,reference,counterparty,bank_id"
GRANT = "10000.00"
K = LineKind


@pytest.fixture(scope="module")
def standing_run(build_once, standing_house) -> PaymentRun:
    return build_once(lambda: make_run(standing_house.account, state=RunState.EXPORTED, payments=2))


@pytest.fixture
def run(own, standing_run) -> PaymentRun:
    return own(standing_run)


@pytest.fixture
def first(run) -> Instruction:
    return run.instructions.order_by("pk").first()


def statement(*rows: tuple[str, str, str]) -> str:
    """Of amounts, references and the bank's numbers."""
    today = clock.today("UTC") - timedelta(days=1)
    return "\n".join([HEAD, *(f"{today},{amount},USD,{words},Somebody,{number}" for amount, words, number in rows)])


def read_in(house, *rows: tuple[str, str, str]):
    return services.import_lines(house.account.pk, text=statement(*rows), name="november.csv", by=house.maker)


def bank(house) -> Money:
    return balance(house.fund, "bank:main")


def unknown(house) -> Money:
    return balance(house.fund, "unidentified_receipts")


def test_a_payment_on_the_statement_is_paid_and_reconciled(house, run, first):
    found = read_in(house, (f"-{GRANT}", f"SEPA CT {first.obligation} thank you", "B1"))
    assert (found.new, found.known, found.matched) == (1, 0, 1)
    first = Instruction.objects.select_related("tranche").get(pk=first.pk)
    assert first.confirmed_at is not None
    assert first.tranche.state == TrancheState.RECONCILED
    assert balance(house.fund, "payments_in_transit:main") == first.amount  # the other payment
    assert bank(house) == Money(HELD, "USD") - first.amount
    assert unknown(house).is_zero
    assert Letter.objects.filter(template="payments/sent").count() == 1
    assert PaymentRun.objects.get(pk=run.pk).state == RunState.EXPORTED
    assert broken() == []


def test_the_run_is_settled_with_its_last_payment(house, run):
    rows = [(f"-{GRANT}", one.obligation, f"B{one.pk}") for one in run.instructions.order_by("pk")]
    assert read_in(house, *rows).matched == 2
    assert PaymentRun.objects.get(pk=run.pk).state == RunState.SETTLED
    assert balance(house.fund, "payments_in_transit:main").is_zero
    assert broken() == []


def test_a_returned_payment_is_owed_again(house, first):
    read_in(house, (f"-{GRANT}", first.obligation, "B1"))
    read_in(house, (GRANT, f"RETURN AC01 {first.obligation}", "B2"))
    first = Instruction.objects.select_related("tranche__award").get(pk=first.pk)
    assert (first.ended_as, first.tranche.state, first.tranche.round) == (Ending.RETURNED, TrancheState.READY, 2)
    assert balance(house.fund, first.tranche.award.payable_account) == first.amount
    assert bank(house) == Money(HELD, "USD")
    letter = Letter.objects.get(template="payments/came_back")
    assert "RETURN AC01" in letter.text_body
    assert broken() == []


def test_both_lines_in_one_statement_in_any_order_end_the_same(house, first):
    found = read_in(house, (GRANT, first.obligation, "B2"), (f"-{GRANT}", first.obligation, "B1"))
    assert found.matched == 2
    assert Instruction.objects.get(pk=first.pk).ended_as == Ending.RETURNED
    assert broken() == []


def endings(house, *rows: tuple[str, str, str]) -> set[tuple]:
    """Of all orders in which these lines can come, each with a statement of its own."""
    return {ending(house, order) for order in permutations(rows)}


def there_and_back(obligation: str) -> list[tuple[str, str, str]]:
    return [(f"-{GRANT}", obligation, "B1"), (GRANT, obligation, "B2")]


def test_statements_in_any_order_end_in_the_same_books(house, run):
    first, second = (one.obligation for one in run.instructions.order_by("pk"))
    rows = [*there_and_back(first), (f"-{GRANT}", second, "B3"), (GRANT, "a gift", "B4")]
    assert len(endings(house, *rows)) == 1


def test_canary_without_a_second_look_the_order_decides(house, first, monkeypatch):
    monkeypatch.setattr(lines, "_look_again", lambda _waiting, _by: None)
    assert len(endings(house, *there_and_back(first.obligation))) == 2


def ending(house, order) -> tuple:
    """In a world that ends afterwards."""
    with transaction.atomic():
        for line in order:
            read_in(house, line)
        assert broken() == []
        found = [(str(row.code), str(row.balance)) for row in balances(house.fund)]
        found += Instruction.objects.order_by("pk").values_list("obligation", "ended_as")
        transaction.set_rollback(True)
    return tuple(found)


def test_a_payment_that_came_back_to_an_ended_award_is_not_offered_again(house, first):
    award = first.tranche.award
    confirm(first)
    Tranche.objects.filter(pk=first.tranche_id).update(
        state=TrancheState.RECONCILED, paid_at=clock.now(), reconciled_at=clock.now()
    )
    Award.objects.filter(pk=award.pk).update(state="terminated", ended_at=clock.now(), end_reason="It has stopped.")
    read_in(house, (GRANT, first.obligation, "B2"))
    assert Tranche.objects.get(pk=first.tranche_id).state == TrancheState.RETURNED


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("-9999.99", "{one}"),
        (GRANT, "{one}"),
        (f"-{GRANT}", "{one}0"),
        (f"-{GRANT}", "X{one}"),
        (f"-{GRANT}", "{one} {two}"),
        (f"-{GRANT}", "thank you"),
        ("250.00", "a gift"),
    ],
)
def test_what_is_not_surely_a_payment_is_left_for_a_person_and_still_booked(house, run, amount, words):
    one, two = run.instructions.order_by("pk")
    found = read_in(house, (amount, words.format(one=one.obligation, two=two.obligation), "B1"))
    assert found.matched == 0
    line = BankLine.objects.unmatched().get()
    assert unknown(house) == line.amount
    assert bank(house) == Money(HELD, "USD") + line.amount
    assert not Instruction.objects.filter(confirmed_at__isnull=False).exists()
    assert broken() == []


def test_a_reference_in_other_letters_is_the_same(house, first):
    assert read_in(house, (f"-{GRANT}", first.obligation.lower(), "B1")).matched == 1


def test_a_payment_of_another_account_is_not_this_one(house, first):
    other = make_account(house.fund, code="second")
    text = statement((f"-{GRANT}", first.obligation, "B1"))
    assert services.import_lines(other.pk, text=text, name="x.csv", by=house.maker).matched == 0


def test_a_statement_read_twice_counts_once(house, first):
    rows = [(f"-{GRANT}", first.obligation, "B1"), ("5.00", "interest", "B2")]
    read_in(house, *rows)
    before = Journal.objects.count()
    again = read_in(house, *rows)
    assert (again.statement, again.new, again.known) == (None, 0, 2)
    more = read_in(house, *rows, ("6.00", "interest", "B3"))
    assert (more.new, more.known, more.matched) == (1, 2, 0)
    assert Journal.objects.count() == before + 1
    assert (BankLine.objects.count(), Statement.objects.count()) == (3, 2)


def test_a_number_that_stands_for_another_line_is_an_error(house):
    read_in(house, ("5.00", "interest", "B1"))
    shown = services.preview_lines(house.account.pk, text=statement(("6.00", "interest", "B1")), by=house.maker)
    assert [(error.row, error.column) for error in shown.errors] == [(2, "bank_id")]
    with pytest.raises(Refusal) as refused:
        read_in(house, ("6.00", "interest", "B1"))
    assert (refused.value.status, refused.value.field) == (422, "text")


def test_one_error_and_nothing_is_read_in(house, first):
    with pytest.raises(Refusal, match="Row 3") as refused:
        read_in(house, (f"-{GRANT}", first.obligation, "B1"), ("ten", "x", "B2"))
    assert (refused.value.status, refused.value.field) == (422, "text")
    assert not BankLine.objects.exists()


def test_the_preview_says_what_would_happen_and_changes_nothing(house, first):
    make_line(house.account, 500, bank_id="B0", booked_on=clock.today("UTC") - timedelta(days=1))
    text = statement((f"-{GRANT}", first.obligation, "B1"), ("5.00", "interest", "B0"), ("7.00", "a gift", "B2"))
    journals = Journal.objects.count()
    shown = services.preview_lines(house.account.pk, text=text, by=house.maker)
    assert [(one.row, one.is_known, one.kind, one.instruction) for one in shown.lines] == [
        (2, False, K.PAYMENT, first),
        (3, True, None, None),
        (4, False, None, None),
    ]
    assert shown.errors == []
    assert (Journal.objects.count(), BankLine.objects.count()) == (journals, 1)


def test_a_person_recognises_a_payment_the_bank_did_not_name(house, run, first):
    read_in(house, (f"-{GRANT}", "BULK 77", "B1"))
    line = BankLine.objects.get()
    match = services.match_line(line.pk, instruction_id=first.pk, by=house.checker)
    assert (match.kind, match.by) == (K.PAYMENT, house.checker)
    assert Tranche.objects.get(pk=first.tranche_id).state == TrancheState.RECONCILED
    assert unknown(house).is_zero
    assert broken() == []
    back = make_line(house.account, 1_000_000)
    assert services.match_line(back.pk, instruction_id=first.pk, by=house.maker).kind == K.RETURN
    assert unknown(house).is_zero
    assert broken() == []
    with pytest.raises(Refusal, match="already"):
        services.match_line(line.pk, instruction_id=first.pk, by=house.checker)


@pytest.mark.parametrize(
    ("minor", "state"),
    [(-999_999, "exported"), (1_000_000, "exported"), (-1_000_000, "settled"), (-1_000_000, "approved")],
)
def test_a_line_is_not_taken_for_what_it_is_not(house, minor, state):
    line = make_line(house.account, minor)
    instruction = make_run(house.account, state=state).instructions.get()
    with pytest.raises(Refusal) as refused:
        services.match_line(line.pk, instruction_id=instruction.pk, by=house.checker)
    assert (refused.value.status, refused.value.field) == (422, "instruction")


def test_a_conflict_keeps_from_recognising(house, first):
    line = make_line(house.account, -1_000_000)
    make_conflict(house.checker, first.tranche.award.organisation)
    with pytest.raises(Refusal, match="conflict") as refused:
        services.match_line(line.pk, instruction_id=first.pk, by=house.checker)
    assert refused.value.status == 403


@pytest.mark.parametrize(("kind", "minor", "account"), [(K.CHARGE, -1_500, "costs"), (K.INTEREST, 700, "other_income")])
def test_a_charge_and_interest_go_to_a_purpose(house, kind, minor, account):
    line = make_line(house.account, minor)
    match = services.explain_line(line.pk, kind=kind, purpose_id=house.call.purpose_id, by=house.checker)
    assert match.purpose == house.call.purpose
    assert balance(house.fund, account) == abs(line.amount)
    assert unknown(house).is_zero
    with pytest.raises(Refusal, match="already"):
        services.explain_line(line.pk, kind=kind, purpose_id=house.call.purpose_id, by=house.checker)
    assert broken() == []


def test_an_explanation_fits_the_line_and_the_fund(house):
    line, stranger = make_line(house.account, -1_500), make_run().instructions.get().tranche.award.purpose
    for kind in (K.INTEREST, K.PAYMENT):
        with pytest.raises(Refusal) as refused:
            services.explain_line(line.pk, kind=kind, purpose_id=house.call.purpose_id, by=house.checker)
        assert (refused.value.status, refused.value.field) == (422, "kind")
    with pytest.raises(Refusal) as refused:
        services.explain_line(line.pk, kind=K.CHARGE, purpose_id=stranger.pk, by=house.checker)
    assert (refused.value.status, refused.value.field) == (422, "purpose")


FINANCE = {Role.FINANCE_MAKER, Role.FINANCE_CHECKER}
ACTS = {
    "preview": (lambda house, by: services.preview_lines(house.account.pk, text="", by=by), {Role.FINANCE_MAKER}),
    "import": (
        lambda house, by: services.import_lines(
            house.account.pk, text=statement(("5.00", "x", "B1")), name="x.csv", by=by
        ),
        {Role.FINANCE_MAKER},
    ),
    "match": (
        lambda house, by: services.match_line(
            make_line(house.account, -1_000_000).pk,
            instruction_id=Instruction.objects.order_by("pk").first().pk,
            by=by,
        ),
        FINANCE,
    ),
    "explain": (
        lambda house, by: services.explain_line(
            make_line(house.account, -5).pk, kind=K.CHARGE, purpose_id=house.call.purpose_id, by=by
        ),
        FINANCE,
    ),
}


@pytest.mark.parametrize("act", ACTS)
def test_the_statement_is_read_and_explained_by_finance_only(house, act):
    do, roles = ACTS[act]
    for role in (*Role, None):
        by = make_person("", *[role] if role else list(Role), fund=house.fund if role else make_fund())
        with undone():
            assert (role, answered(do, house, by)) == (role, 200 if role in roles else 403)
            assert role in roles or not LineMatch.objects.exists()


@pytest.mark.parametrize("model", [BankLine, LineMatch, Statement])
def test_what_the_bank_said_is_never_rewritten(house, model):
    make_run(house.account, state="settled")
    rows = model._base_manager.all()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(id=F("id"))
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows._raw_delete("default")


def test_the_database_refuses_by_name(house, first):
    line = make_line(house.account)
    rows = {
        "a_bank_line_moves_money": lambda: make_line_like(line, amount_minor=0, bank_id="B2"),
        "a_bank_line_has_the_number_of_the_bank": lambda: make_line_like(line, bank_id=""),
        "a_match_names_its_payment_its_purpose_or_its_award": lambda: LineMatch.objects.create(
            line=line, kind=K.CHARGE, instruction=first, by=house.maker
        ),
    }
    for name, make in rows.items():
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            make()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_line_like(line)


def make_line_like(line, **facts) -> BankLine:
    same = {name: getattr(line, name) for name in ("statement", "bank_account", "bank_id", "booked_on", "currency")}
    return BankLine.objects.create(**(same | {"amount_minor": line.amount_minor} | facts))


def test_lines_of_other_funds_are_not_there(house):
    make_line(house.account)
    assert BankLine.objects.visible_to(house.maker).count() == 1
    stranger = make_person("", *set(Role) - {Role.REVIEWER}, fund=make_fund())
    assert not BankLine.objects.visible_to(stranger).exists()
