"""The file that asks a bank to pay: ISO 20022 customer credit transfer initiation, pain.001.001.09.

Elements and their order are those of the message definition (CustomerCreditTransferInitiationV09). One batch from one
account, booked line by line, so that every payment is found on the statement by its end-to-end id.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from fundportal.money import Money
from grants.payments.account_facts import AccountFacts

NAMESPACE: Final = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
NOT_PROVIDED: Final = "NOTPROVIDED"  # what the message definition's users write where an agent is found by the IBAN
AMERICAN_CLEARING: Final = "USABA"  # external clearing system code of the routing numbers
LONGEST_REMARK: Final = 140


@dataclass(frozen=True, slots=True)
class Transfer:
    end_to_end_id: str
    amount: Money
    creditor: AccountFacts
    remark: str


@dataclass(frozen=True, slots=True)
class Message:
    """`message_id` is unique among all messages to the bank, at most 35 characters."""

    message_id: str
    made_at: datetime
    pay_on: date
    debtor: AccountFacts
    transfers: Sequence[Transfer]

    @property
    def count(self) -> str:
        return str(len(self.transfers))

    @property
    def control_sum(self) -> str:
        """In major units, currencies added as bare numbers, as the message definition says."""
        return f"{sum(transfer.amount.decimal for transfer in self.transfers):f}"

    @property
    def is_sepa(self) -> bool:
        parties = [self.debtor, *(transfer.creditor for transfer in self.transfers)]
        in_euro = all(transfer.amount.currency == "EUR" for transfer in self.transfers)
        return in_euro and all(party.iban for party in parties)


def payment_file(message: Message) -> bytes:
    """UTF-8, with its declaration; the same message gives the same bytes."""
    root = Element("Document", {"xmlns": NAMESPACE})
    initiation = SubElement(root, "CstmrCdtTrfInitn")
    _header(SubElement(initiation, "GrpHdr"), message)
    _batch(SubElement(initiation, "PmtInf"), message)
    indent(root)
    content: bytes = tostring(root, encoding="UTF-8", xml_declaration=True)
    return content + b"\n"


def _header(header: Element, message: Message) -> None:
    _text(header, "MsgId", message.message_id)
    _text(header, "CreDtTm", message.made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    _text(header, "NbOfTxs", message.count)
    _text(header, "CtrlSum", message.control_sum)
    _text(SubElement(header, "InitgPty"), "Nm", message.debtor.holder)


def _batch(batch: Element, message: Message) -> None:
    _text(batch, "PmtInfId", message.message_id)
    _text(batch, "PmtMtd", "TRF")
    _text(batch, "BtchBookg", "false")
    _text(batch, "NbOfTxs", message.count)
    _text(batch, "CtrlSum", message.control_sum)
    if message.is_sepa:
        _text(SubElement(SubElement(batch, "PmtTpInf"), "SvcLvl"), "Cd", "SEPA")
    _text(SubElement(batch, "ReqdExctnDt"), "Dt", message.pay_on.isoformat())
    _text(SubElement(batch, "Dbtr"), "Nm", message.debtor.holder)
    account = SubElement(batch, "DbtrAcct")
    _account(account, message.debtor)
    _text(account, "Ccy", message.debtor.currency)
    _agent(SubElement(batch, "DbtrAgt"), message.debtor)
    _text(batch, "ChrgBr", "SLEV" if message.is_sepa else "SHAR")
    for transfer in message.transfers:
        _transfer(SubElement(batch, "CdtTrfTxInf"), transfer)


def _transfer(entry: Element, transfer: Transfer) -> None:
    identifiers = SubElement(entry, "PmtId")
    _text(identifiers, "InstrId", transfer.end_to_end_id)
    _text(identifiers, "EndToEndId", transfer.end_to_end_id)
    amount = SubElement(SubElement(entry, "Amt"), "InstdAmt", {"Ccy": transfer.amount.currency})
    amount.text = f"{transfer.amount.decimal:f}"
    _agent(SubElement(entry, "CdtrAgt"), transfer.creditor)
    creditor = SubElement(entry, "Cdtr")
    _text(creditor, "Nm", transfer.creditor.holder)
    _text(SubElement(creditor, "PstlAdr"), "Ctry", transfer.creditor.country)
    _account(SubElement(entry, "CdtrAcct"), transfer.creditor)
    _text(SubElement(entry, "RmtInf"), "Ustrd", transfer.remark[:LONGEST_REMARK])


def _account(account: Element, facts: AccountFacts) -> None:
    identifier = SubElement(account, "Id")
    if facts.iban:
        _text(identifier, "IBAN", facts.iban)
    else:
        _text(SubElement(identifier, "Othr"), "Id", facts.account_number)


def _agent(agent: Element, facts: AccountFacts) -> None:
    """The bank: by its BIC, its routing number, or nothing but the IBAN of the account."""
    institution = SubElement(agent, "FinInstnId")
    if facts.bic:
        _text(institution, "BICFI", facts.bic)
    if facts.routing_number:
        member = SubElement(institution, "ClrSysMmbId")
        _text(SubElement(member, "ClrSysId"), "Cd", AMERICAN_CLEARING)
        _text(member, "MmbId", facts.routing_number)
    if not facts.bic and not facts.routing_number:
        _text(SubElement(institution, "Othr"), "Id", NOT_PROVIDED)


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text
