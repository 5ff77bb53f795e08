"""An act that may not happen, with the sentence its reader needs."""


class Refusal(Exception):
    """Raised by services and guards; nothing has changed when it leaves the service.

    `status` is the HTTP code the page answers with: 409 (not from here), 422 (not with these words), 403 (not you).
    `field` names the form field the sentence stands beside, empty when it concerns the whole act.
    """

    def __init__(self, sentence: object, *, status: int = 409, field: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status
        self.field = field

    def __str__(self) -> str:
        return str(self.sentence)


class NotAllowed(Refusal):
    def __init__(self, sentence: object) -> None:
        super().__init__(sentence, status=403)
