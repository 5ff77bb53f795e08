"""The letters of a receipt, in the donor's language, with the words of the paper."""

from typing import Any

from donations.receipts.models import Receipt
from donations.receipts.queries import page_url, paper
from fundportal.mail.services import write


def send_receipt(receipt: Receipt) -> None:
    _write("receipts/replaced" if receipt.predecessor else "receipts/receipt", receipt, key=f"receipt:{receipt.pk}")


def tell_voided(receipt: Receipt) -> None:
    _write("receipts/voided", receipt, key=f"receipt-voided:{receipt.pk}")


def _write(template: str, receipt: Receipt, *, key: str) -> None:
    facts: dict[str, Any] = receipt.snapshot
    write(
        template,
        key=key,
        to=facts["donor_email"],
        language=receipt.language,
        fund=receipt.fund,
        context={
            "receipt": receipt,
            "paper": paper(receipt),
            "facts": facts,
            "url": page_url(receipt),
            "predecessor": receipt.predecessor,
        },
    )
