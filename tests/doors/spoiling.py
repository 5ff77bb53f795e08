"""Ways to spoil a filled form that no browser would, drawn from one seeded source."""

import json
import random
from collections.abc import Callable
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from tests.doors.forms import Form, Sent

MULTIPART = "multipart/form-data; boundary=b"
URLENCODED = "application/x-www-form-urlencoded"
WORDS = [
    "", " ", "\x00", "a\x00b", "x" * 70_000, "\u202eabc", "\u200f", "\N{REPLACEMENT CHARACTER}", "<script>1</script>",
    "{{7*7}}", "{% debug %}", "{0.__class__}", "%s%n", "' OR 1=1 --", "null", "None", "true", "[]", "{}", "../../x",
    "a" * 254 + "@example.org", "\x7f", "\r\nBcc: x@example.org", "é" * 3_000, "\N{PILE OF POO}" * 500,
]  # fmt: skip
NUMBERS = [
    "-1", "0", "NaN", "-Infinity", "1e400", "1e9", "9" * 19, "9" * 4_400, "-9223372036854775809", "2147483648", "0x10",
    "1_000", "½", "٤", "五", "1,5", "1.000.000,00", "0.0000001", "-0", "+5", "3.5",
]  # fmt: skip
DAYS = [
    "0000-00-00", "0001-01-01", "9999-12-31", "2027-02-30", "2027-13-01", "31/12/2027", "-2027-01-01", "+10000-01-01",
    "2027-03-28T02:30", "2027-03-01T25:00", "9999-12-31T23:59", "0001-01-01T00:00", "tomorrow", "٢٠٢٧-٠١-٠١",
]  # fmt: skip
KEYS = ["0", "-1", "999999999", "9" * 30, "00000000-0000-0000-0000-000000000000", "1", "2", "3", "4", "5"]
ANYTHING = [*WORDS, *NUMBERS, *DAYS, *KEYS]
BAD_BYTES = [b"\xff\xfe", b"\xc3\x28", b"\xed\xa0\x80", b"\x80", b"%ff%fe", b"%ZZ", b"%u1234", b"%00", b"%ed%a0%80"]
GARBAGE = {
    "form-TOTAL_FORMS": ["-1"], "form-INITIAL_FORMS": ["9" * 30], "form-MAX_NUM_FORMS": ["x"], "__proto__": ["1"],
    "by": ["1"], "state": ["approved"], "id": ["1"], "pk": ["1"], "fund": ["1"], "user": ["1"], "is_superuser": ["on"],
}  # fmt: skip
BODIES = [b"", b"{}", b"null", b"[1]", b"\x00\xff", b"{" * 5_000, json.dumps({"version": 1}).encode()]
TYPES = ["application/json", "text/plain", "application/octet-stream", "x/y; charset=nope", "text/html; charset=utf-7"]
PARTS = [
    b"--b\r\n", b"no boundary", b'--b\r\nContent-Disposition: form-data; name="version"\r\n\r\nx',
    b'--b\r\nContent-Disposition: form-data; name="file"; filename=""\r\n\r\n\r\n--b--\r\n',
    b'--b\r\nContent-Disposition: form-data; name="\xff"\r\n\r\nx\r\n--b--\r\n',
    b'--b\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: form-data; name="a"\r\n\r\n!!!\r\n--b--\r\n',
]  # fmt: skip
FILES = [
    ("", b"x"),
    ("empty.pdf", b""),
    ("a\x00.pdf", b"%PDF-1.4"),
    ("../../x.pdf", b"%PDF"),
    ("x" * 300 + ".pdf", b"1"),
]


class Spoiler:
    """Each way gives what a test client's `generic` takes: the body and its type."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.ways: list[Callable[[Form], tuple[bytes, str]]] = [
            self.a_box, self.a_box, self.a_box, self.a_box, self.two_boxes, self.every_box, self.missing, self.twice,
            self.unknown_choice, self.a_file, self.bad_bytes, self.extra, self.wrong_type, self.broken_multipart,
            self.as_it_is,
        ]  # fmt: skip

    def spoil(self, form: Form) -> tuple[str, bytes, str]:
        way = self.chance.choice(self.ways)
        return (way.__name__, *way(form))

    def as_it_is(self, form: Form) -> tuple[bytes, str]:
        return encoded(form.boxes)

    def a_box(self, form: Form) -> tuple[bytes, str]:
        return encoded(self._spoiled(form.boxes))

    def two_boxes(self, form: Form) -> tuple[bytes, str]:
        return encoded(self._spoiled(self._spoiled(form.boxes)))

    def every_box(self, form: Form) -> tuple[bytes, str]:
        kind = self.chance.choice([WORDS, NUMBERS, DAYS, KEYS])
        return encoded({name: [self.chance.choice(kind)] for name in form.boxes})

    def missing(self, form: Form) -> tuple[bytes, str]:
        gone = self._name(form.boxes)
        return encoded({name: values for name, values in form.boxes.items() if name != gone})

    def twice(self, form: Form) -> tuple[bytes, str]:
        return encoded({name: [*values, self.chance.choice(ANYTHING)] for name, values in form.boxes.items()})

    def unknown_choice(self, form: Form) -> tuple[bytes, str]:
        name = self._name(form.choices or form.boxes)
        return encoded(form.boxes | {name: [self.chance.choice([*KEYS, "unknown", "\x00", "1' or '1"])]})

    def extra(self, form: Form) -> tuple[bytes, str]:
        many = {f"field{number}": ["x"] for number in range(1_100)}
        return encoded(form.boxes | self.chance.choice([GARBAGE, GARBAGE, many]))

    def bad_bytes(self, form: Form) -> tuple[bytes, str]:
        name = self._name(form.boxes)
        kept, _kind = encoded({one: values for one, values in form.boxes.items() if one != name})
        return kept + b"&" + urlencode({name: ""}).encode() + self.chance.choice(BAD_BYTES), URLENCODED

    def wrong_type(self, form: Form) -> tuple[bytes, str]:
        return self.chance.choice([*BODIES, encoded(form.boxes)[0]]), self.chance.choice(TYPES)

    def broken_multipart(self, _form: Form) -> tuple[bytes, str]:
        kinds = [MULTIPART, "multipart/form-data", "multipart/form-data; boundary=", f"{MULTIPART}; charset=nope"]
        return self.chance.choice(PARTS), self.chance.choice(kinds)

    def a_file(self, form: Form) -> tuple[bytes, str]:
        """Where one is asked for, or where words are."""
        name = self._name(dict.fromkeys(form.files) or form.boxes)
        filename, content = self.chance.choice(FILES)
        body = BytesIO()
        for box, values in form.boxes.items():
            for value in values if box != name else ():
                body.write(f'--b\r\nContent-Disposition: form-data; name="{box}"\r\n\r\n{value}\r\n'.encode())
        body.write(f'--b\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n\r\n'.encode())
        body.write(content + b"\r\n--b--\r\n")
        return body.getvalue(), MULTIPART

    def _name(self, boxes: dict[str, Any]) -> str:
        return self.chance.choice(sorted(boxes)) if boxes else "version"

    def _spoiled(self, boxes: Sent) -> Sent:
        return boxes | {self._name(boxes): [self.chance.choice(ANYTHING)]}


def encoded(boxes: Sent) -> tuple[bytes, str]:
    return urlencode(boxes, doseq=True).encode(), URLENCODED
