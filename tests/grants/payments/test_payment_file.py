"""The file for the bank, element by element, as the message definition pain.001.001.09 asks for it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from xml.etree.ElementTree import Element, fromstring

import pytest

from fundportal.money import Money
from grants.payments.account_facts import AccountFacts
from grants.payments.documents import NAMESPACE, Message, Transfer, payment_file
from tests.factories.payments import AMERICAN, EUROPEAN, OURS

NAME = f"{{{NAMESPACE}}}"
FIRST = Transfer("CA1-0001-T1-1", Money(1_234_550, "USD"), AMERICAN, "CA1-0001-T1-1 Kitchen & <garden>")
SECOND = Transfer("CA1-0002-T1-1", Money(45, "USD"), EUROPEAN, "CA1-0002-T1-1 x" + "y" * 200)
ELSEWHERE = AccountFacts("Jiji la Mfano", "KE", "KES", account_number="0011223344", bic="ABCDKENA")
MESSAGE = Message(
    "PR-2026-00007", datetime(2026, 11, 30, 9, 5, 7, 999, tzinfo=UTC), date(2026, 12, 1), OURS, [FIRST, SECOND]
)

# What the definition allows here and in which order (those never used are left out).
ORDER = {
    "Document": ["CstmrCdtTrfInitn"],
    "CstmrCdtTrfInitn": ["GrpHdr", "PmtInf"],
    "GrpHdr": ["MsgId", "CreDtTm", "NbOfTxs", "CtrlSum", "InitgPty"],
    "PmtInf": [
        *("PmtInfId", "PmtMtd", "BtchBookg", "NbOfTxs", "CtrlSum", "PmtTpInf", "ReqdExctnDt", "Dbtr", "DbtrAcct"),
        *("DbtrAgt", "ChrgBr", "CdtTrfTxInf"),
    ],
    "CdtTrfTxInf": ["PmtId", "Amt", "CdtrAgt", "Cdtr", "CdtrAcct", "RmtInf"],
    "PmtId": ["InstrId", "EndToEndId"],
    "DbtrAcct": ["Id", "Ccy"],
    "CdtrAcct": ["Id"],
    "Cdtr": ["Nm", "PstlAdr"],
    "FinInstnId": ["BICFI", "ClrSysMmbId", "Othr"],
    "ClrSysMmbId": ["ClrSysId", "MmbId"],
}


def read(message: Message) -> Element:
    return fromstring(payment_file(message))  # noqa: S314  (these are our own bytes)


def at(root: Element, path: str) -> list[str]:
    return [found.text for found in root.iterfind("/".join(f"{NAME}{part}" for part in path.split("/")))]


BATCH = "CstmrCdtTrfInitn/PmtInf"
EACH = f"{BATCH}/CdtTrfTxInf"


def is_in_order(parent: Element) -> bool:
    names = [child.tag.removeprefix(NAME) for child in parent]
    allowed = ORDER.get(parent.tag.removeprefix(NAME), names)
    return names == sorted(names, key=allowed.index)


@pytest.mark.parametrize(
    "message", [MESSAGE, replace(MESSAGE, transfers=[replace(FIRST, creditor=ELSEWHERE)])], ids=["two", "elsewhere"]
)
def test_every_element_stands_in_its_place(message):
    assert all(is_in_order(parent) for parent in read(message).iter())


def test_canary_elements_in_another_order_are_found():
    root = read(MESSAGE)
    batch = root[0][1]
    batch.append(batch[0])
    assert not is_in_order(batch)


def test_the_same_message_gives_the_same_bytes():
    assert payment_file(MESSAGE) == payment_file(MESSAGE)
    assert payment_file(MESSAGE).startswith(
        b"<?xml version='1.0' encoding='UTF-8'?>\n<Document xmlns=\"urn:iso:std:iso"
    )


def test_counts_and_sums_are_those_of_the_payments():
    root = read(MESSAGE)
    for place in ("CstmrCdtTrfInitn/GrpHdr", BATCH):
        assert at(root, f"{place}/NbOfTxs") == ["2"]
        assert at(root, f"{place}/CtrlSum") == ["12345.95"]
    amounts = at(root, f"{EACH}/Amt/InstdAmt")
    assert amounts == ["12345.50", "0.45"]
    assert sum(map(Decimal, amounts)) == Decimal("12345.95")


def test_the_header_names_the_message_and_its_moment():
    root = read(MESSAGE)
    assert at(root, "CstmrCdtTrfInitn/GrpHdr/MsgId") == ["PR-2026-00007"]
    assert at(root, "CstmrCdtTrfInitn/GrpHdr/CreDtTm") == ["2026-11-30T09:05:07Z"]
    assert at(root, "CstmrCdtTrfInitn/GrpHdr/InitgPty/Nm") == ["Example Fund"]


def test_the_batch_is_booked_line_by_line_from_our_account():
    root = read(MESSAGE)
    assert at(root, f"{BATCH}/PmtMtd") == ["TRF"]
    assert at(root, f"{BATCH}/BtchBookg") == ["false"]
    assert at(root, f"{BATCH}/ReqdExctnDt/Dt") == ["2026-12-01"]
    assert at(root, f"{BATCH}/DbtrAcct/Id/Othr/Id") == ["555000111"]
    assert at(root, f"{BATCH}/DbtrAcct/Ccy") == ["USD"]
    assert at(root, f"{BATCH}/DbtrAgt/FinInstnId/BICFI") == ["ABCDUS33"]
    assert at(root, f"{BATCH}/ChrgBr") == ["SHAR"]
    assert at(root, f"{BATCH}/PmtTpInf/SvcLvl/Cd") == []


def test_each_payment_names_its_debt_and_whom_it_goes_to():
    root = read(MESSAGE)
    assert at(root, f"{EACH}/PmtId/EndToEndId") == ["CA1-0001-T1-1", "CA1-0002-T1-1"]
    assert at(root, f"{EACH}/Cdtr/Nm") == ["City of Example", "Ville d’Exemple"]
    assert at(root, f"{EACH}/CdtrAcct/Id/Othr/Id") == ["000111222"]
    assert at(root, f"{EACH}/CdtrAcct/Id/IBAN") == ["DE89370400440532013000"]
    assert at(root, f"{EACH}/CdtrAgt/FinInstnId/ClrSysMmbId/ClrSysId/Cd") == ["USABA"]
    assert at(root, f"{EACH}/CdtrAgt/FinInstnId/ClrSysMmbId/MmbId") == ["123456780"]
    assert at(root, f"{EACH}/CdtrAgt/FinInstnId/Othr/Id") == ["NOTPROVIDED"]
    remarks = at(root, f"{EACH}/RmtInf/Ustrd")
    assert remarks[0] == "CA1-0001-T1-1 Kitchen & <garden>"
    assert len(remarks[1]) == 140


def test_euro_between_ibans_is_a_sepa_payment():
    ours = AccountFacts("Fonds d’Exemple", "FR", "EUR", iban="FR1420041010050500013M02606")
    euro = replace(SECOND, amount=Money(100, "EUR"))
    root = read(replace(MESSAGE, debtor=ours, transfers=[euro]))
    assert at(root, f"{BATCH}/PmtTpInf/SvcLvl/Cd") == ["SEPA"]
    assert at(root, f"{BATCH}/ChrgBr") == ["SLEV"]
    assert at(root, f"{BATCH}/DbtrAcct/Id/IBAN") == ["FR1420041010050500013M02606"]
    assert all(is_in_order(parent) for parent in root.iter())


def test_a_currency_without_cents_is_written_without():
    yen = replace(MESSAGE, transfers=[replace(FIRST, amount=Money(1_000, "JPY"))])
    assert at(read(yen), f"{EACH}/Amt/InstdAmt") == ["1000"]
    assert at(read(yen), f"{BATCH}/CtrlSum") == ["1000"]
