from donations.receipts.models import Receipt
from donations.receipts.queries import paper
from fundportal.pdf import Look, Sheet


def receipt_pdf(receipt: Receipt) -> bytes:
    """The copy for files and printers: the words of the page, and the same bytes each time it is asked for."""
    words = paper(receipt)
    look = Look(theme=receipt.snapshot["theme"], sandbox=words.practice)
    sheet = Sheet(title=f"{words.title} {words.number}", language=words.language, look=look)
    sheet.top(words.fund, (words.title, words.number))
    if words.remark:
        sheet.note(words.remark)
    sheet.heading(words.thanks).lede(words.opening).total(words.total).facts(words.rows)
    return sheet.paragraph(words.wording).note(words.check).finish()
