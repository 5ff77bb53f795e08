"""The forms of a page as a browser would send them: read off its HTML, with something written into each empty box."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

WRITTEN = {"date": "2027-03-01", "datetime-local": "2027-03-01T12:00", "email": "new@example.org", "number": "3"}
UNSENT = {"submit", "button", "reset", "image"}
Sent = dict[str, list[str]]


@dataclass
class Form:
    """`boxes` are the values by name; `choices` what a select offers; `files` the boxes that take a file."""

    action: str
    boxes: Sent = field(default_factory=dict)
    choices: Sent = field(default_factory=dict)
    files: set[str] = field(default_factory=set)


class FormReader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page
        self.forms: list[Form] = []
        self.form: Form | None = None
        self.select = self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.form = Form(told.get("action") or self.page) if told.get("method", "").lower() == "post" else None
        elif self.form is not None and tag in {"input", "button", "select", "textarea", "option"}:
            getattr(self, f"_{tag}")(self.form, told)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self.form is not None:
            self.forms.append(self.form)
            self.form = None
        self.select = "" if tag == "select" else self.select
        self.area = "" if tag == "textarea" else self.area

    def handle_data(self, data: str) -> None:
        if self.area and self.form is not None and data.strip():
            self.form.boxes[self.area] = [data.strip()]

    def _input(self, form: Form, told: dict[str, str]) -> None:
        name, kind = told.get("name", ""), told.get("type", "text")
        if kind == "file":
            form.files.add(name)
        elif kind in {"checkbox", "radio"}:
            form.choices.setdefault(name, []).append(told.get("value", "on"))
            form.boxes.setdefault(name, [told.get("value", "on")])
        elif name and kind not in UNSENT:
            form.boxes.setdefault(name, []).append(told.get("value") or WRITTEN.get(kind, "Something"))

    def _button(self, form: Form, told: dict[str, str]) -> None:
        if told.get("name"):
            form.boxes.setdefault(told["name"], [told.get("value", "")])

    def _select(self, form: Form, told: dict[str, str]) -> None:
        self.select = told.get("name", "")
        form.boxes.setdefault(self.select, [])

    def _option(self, form: Form, told: dict[str, str]) -> None:
        if self.select:
            form.choices.setdefault(self.select, []).append(told.get("value", ""))
            if told.get("value") and ("selected" in told or not form.boxes[self.select]):
                form.boxes[self.select] = [told["value"]]

    def _textarea(self, form: Form, told: dict[str, str]) -> None:
        self.area = told.get("name", "")
        form.boxes[self.area] = ["Something to say."]


def forms_on(page: str, html: str) -> list[Form]:
    reader = FormReader(page)
    reader.feed(html)
    return reader.forms
