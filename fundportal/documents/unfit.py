from fundportal.refusals import Refusal


class Unfit(Refusal):
    """A file that is not taken: what is wrong with it, and what to do about it, in words its owner understands."""

    def __init__(self, sentence: object) -> None:
        super().__init__(sentence, status=422, field="file")
