"""A fund words a letter itself, version after version, and may go back to the standard text at any time."""

from django.db import transaction
from django.utils.translation import gettext as _

from fundportal.access import Actor, authorise
from fundportal.audit.services import record
from fundportal.funds.models import Fund
from fundportal.languages import LANGUAGES
from fundportal.mail.checks import faults
from fundportal.mail.editable import Editable, declared
from fundportal.mail.models import LetterText
from fundportal.mail.own import Words
from fundportal.mail.queries import newest_text
from fundportal.refusals import Refusal


@transaction.atomic
def write_text(fund_id: int, template: str, language: str, *, words: Words, version: int, by: Actor) -> LetterText:
    """From now on the letter goes out in these words. `version` is the one the writer began from (0: the standard)."""
    fund, letter = _lock(fund_id, template, language, version=version, by=by)
    for box, sentence in faults(letter, words).items():
        raise Refusal(sentence, status=422, field=box)
    made = LetterText.objects.create(
        fund=fund,
        template=template,
        language=language,
        number=version + 1,
        subject=words.subject.strip(),
        heading=words.heading.strip(),
        body=words.body.replace("\r\n", "\n").strip(),
        written_by=by,
    )
    record("letters.write", made, by=by, fund=fund, facts={"letter": template, "language": language})
    return made


@transaction.atomic
def return_to_standard(fund_id: int, template: str, language: str, *, version: int, by: Actor) -> LetterText:
    """The standard text counts again; what was written stays to be read and used."""
    fund, _letter = _lock(fund_id, template, language, version=version, by=by)
    newest = newest_text(fund, template, language)
    if newest is None or newest.is_standard:
        raise Refusal(_("This letter goes out in the standard text already."))
    made = LetterText.objects.create(
        fund=fund, template=template, language=language, number=version + 1, is_standard=True, written_by=by
    )
    record("letters.reset", made, by=by, fund=fund, facts={"letter": template, "language": language})
    return made


def _lock(fund_id: int, template: str, language: str, *, version: int, by: Actor) -> tuple[Fund, Editable]:
    """One writer at a time for a fund; rows of texts are never locked, since they are never changed."""
    fund = Fund.objects.select_for_update().get(pk=fund_id)
    authorise(by, "letters.edit", fund=fund)
    letter = declared(template)
    if letter is None or language not in LANGUAGES:
        raise Refusal(_("This letter always goes out in the standard text."))
    newest = newest_text(fund, template, language)
    if version != (newest.number if newest else 0):
        raise Refusal(_("Somebody saved another version meanwhile. Yours is below; compare the two before you save."))
    return fund, letter
