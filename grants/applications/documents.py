from fundportal.pdf import Look, Sheet
from grants.applications.models import Revision
from grants.applications.queries.acknowledgement import acknowledgement


def acknowledgement_pdf(revision: Revision) -> bytes:
    """The paper with the arrival time, the full fingerprint and every answer; the same bytes each time."""
    words = acknowledgement(revision)
    look = Look(theme=words.theme, sandbox=words.practice)
    sheet = Sheet(title=f"{words.title} {words.reference}", language=words.language, look=look)
    sheet.top(words.fund, (words.title, words.reference))
    sheet.heading(words.heading).lede(words.opening).facts(words.rows)
    sheet.paragraph(words.following).note(f"SHA-256 {words.seal}")
    for section in words.sections:
        sheet.subheading(section.title)
        for row in section.rows:
            sheet.small(row.label)
            for line in (row.text or "–").splitlines():
                sheet.paragraph(line)
    return sheet.finish()
