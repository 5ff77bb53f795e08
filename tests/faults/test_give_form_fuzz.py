"""2,000 posts that no person would send, in four parts: no fault, a sentence for each refusal, nothing at Stripe."""

import html
import random
import re
from collections import Counter
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.signing import Signer
from django.http import HttpResponse
from django.test import Client

from donations.campaigns.models import Campaign
from donations.gifts.models import Attempt, Gift
from donations.giving import stamps
from donations.stripe.models import OutboundCall
from tests.factories.gifts import make_campaign, make_purpose
from tests.factories.people import make_fund
from tests.support.sandbox import StripeSandbox

SEEDS = (20261122, 1, 2, 3)
POSTS = 500
PATH = "/en/give/neighbours/"
ALLOWED = {200, 303, 400, 413, 422, 429}
MULTIPART = "multipart/form-data; boundary=b"

AMOUNTS = [
    "1e9", "-5", "\u2212 5", "0", "", " ", "4.99", "0.001", "NaN", "Infinity", "1,2,3", "1.000.000,00", "$5 or so",
    "€40",
    "40 EUR", "¥500", "0x10", "1_000", "٤", "١٠٠٠٠٠٠٠٠٠", "五十", "½", "9" * 18, "9" * 4_000, "5\x00", "\x00", "ten",
    "25000.01", "1" * 61, "<b>5</b>", "' OR 1=1 --", "{{7*7}}", "\u202e05", "5;5", "+", "٫", ".", ",", "1 2",
]  # fmt: skip
NAMES = [
    "",
    "   ",
    "\x00",
    "a\x00b",
    "x" * 201,
    "x" * 60_000,
    "\u202ename",
    "a\x07b",
    "\N{REPLACEMENT CHARACTER}",
    "\x7f",
]
EMAILS = [
    "",
    "dana",
    "dana@example",
    "a@b@c.org",
    "a b@example.org",
    "\x00@example.org",
    "x" * 250 + "@example.org",
    "a@" + "b" * 300,
]
PURPOSES = ["", "of-another-fund", "999999", "\x00", "help-line ", "<script>", "1' or '1"]
VISIBILITIES = ["", "loud", "\x00", "hidden,name"]
BAD_BYTES = [b"\xff\xfe", b"\xc3\x28", b"\xed\xa0\x80", b"\x80", b"%ff%fe", b"%ZZ", b"%u1234"]


class Fuzzer:
    """One seeded source of posts. Each takes a filled form and spoils it somewhere."""

    def __init__(self, campaign: Campaign, foreign: str, seed: int = SEEDS[0]) -> None:
        self.chance = random.Random(seed)
        self.campaign, self.foreign = campaign, foreign
        self.number = 0
        self.kinds: list[Callable[[], HttpResponse]] = [
            self.spoiled_field, self.spoiled_field, self.spoiled_field, self.two_spoiled_fields, self.foreign_purpose,
            self.spoiled_stamp, self.trap, self.bad_bytes, self.repeated_names, self.wrong_content_type, self.missing,
            self.broken_multipart, self.huge, self.many_fields, self.a_file_for_a_name,
        ]  # fmt: skip

    def typed(self) -> dict[str, str]:
        return {
            "stamp": stamps.make(self.campaign.code),
            "amount": "100",
            "own": "",
            "purpose": "needed-most",
            "name": f"Dana {self.number}",
            "email": f"dana-{self.number}@example.org",
            "visibility": "hidden",
        }

    def send(self, data: object, content_type: str = "") -> HttpResponse:
        self.number += 1
        address = f"2001:db8:{self.number:x}::1"
        client = Client(raise_request_exception=False)
        if isinstance(data, bytes):
            return client.generic("POST", PATH, data, content_type, REMOTE_ADDR=address)
        return client.post(PATH, data, REMOTE_ADDR=address)

    def spoiled_field(self) -> HttpResponse:
        return self.send(self.spoil(self.typed()))

    def two_spoiled_fields(self) -> HttpResponse:
        return self.send(self.spoil(self.spoil(self.typed())))

    def spoil(self, typed: dict[str, str]) -> dict[str, str]:
        values = {
            "own": AMOUNTS,
            "amount": AMOUNTS,
            "name": NAMES,
            "email": EMAILS,
            "purpose": PURPOSES,
            "visibility": VISIBILITIES,
        }
        name = self.chance.choice(list(values))
        if name == "own":
            typed["amount"] = "other"
        return typed | {name: self.chance.choice(values[name])}

    def foreign_purpose(self) -> HttpResponse:
        return self.send(self.typed() | {"purpose": self.foreign})

    def spoiled_stamp(self) -> HttpResponse:
        whole = stamps.make(self.campaign.code)
        place = self.chance.randrange(len(whole) - 1)
        forged = [
            "", "\x00", "x" * 5_000, whole[:-3], whole[:place] + "é" + whole[place + 1 :], stamps.make("another"),
            Signer(salt="giving.stamp").sign_object({}), Signer(salt="giving.stamp").sign_object([1]),
            Signer(salt="other").sign_object({"c": self.campaign.code, "k": str(uuid4()), "t": "2026-01-01"}),
        ]  # fmt: skip
        return self.send(self.typed() | {"stamp": self.chance.choice(forged)})

    def trap(self) -> HttpResponse:
        return self.send(self.typed() | {"homepage": self.chance.choice(["x", "https://example.org", "\x00"])})

    def bad_bytes(self) -> HttpResponse:
        name = self.chance.choice(["name", "email", "own", "purpose", "amount", "visibility", "stamp"])
        kept = {key: value for key, value in self.typed().items() if key != name}
        body = "&".join(f"{key}={value}" for key, value in kept.items()).encode()
        spoiled = name.encode() + b"=" + self.chance.choice(BAD_BYTES)
        return self.send(body + b"&" + spoiled, "application/x-www-form-urlencoded")

    def repeated_names(self) -> HttpResponse:
        typed = self.typed()
        repeated = {name: [value, self.chance.choice(["", "1e9", "\x00"])] for name, value in typed.items()}
        return self.send(repeated)

    def wrong_content_type(self) -> HttpResponse:
        kind = self.chance.choice(
            ["application/json", "text/plain", "application/octet-stream", "", "x/y; charset=nope"]
        )
        return self.send(self.chance.choice([b"{}", b"null", b"\x00\xff", b"amount=100"]), kind or "text/plain")

    def missing(self) -> HttpResponse:
        typed = self.typed()
        del typed[self.chance.choice(["amount", "purpose", "name", "email", "visibility", "stamp"])]
        return self.send(typed)

    def broken_multipart(self) -> HttpResponse:
        body = self.chance.choice(
            [b"--b\r\n", b"no boundary", b'--b\r\nContent-Disposition: form-data; name="name"\r\n\r\nx']
        )
        kind = self.chance.choice([MULTIPART, "multipart/form-data", "multipart/form-data; boundary="])
        return self.send(body, kind)

    def huge(self) -> HttpResponse:
        return self.send(self.typed() | {self.chance.choice(["name", "own", "stamp"]): "x" * 600_000})

    def many_fields(self) -> HttpResponse:
        return self.send(self.typed() | {f"field{number}": "x" for number in range(1_100)})

    def a_file_for_a_name(self) -> HttpResponse:
        body = b'--b\r\nContent-Disposition: form-data; name="name"; filename="a"\r\n\r\nx\r\n--b--\r\n'
        return self.send(body, MULTIPART)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", SEEDS)
def test_no_post_is_a_fault_and_no_refusal_reaches_stripe(sandbox: StripeSandbox, seed: int) -> None:
    fund = make_fund("harbour")
    campaign = make_campaign(
        fund, code="neighbours", purposes=[make_purpose(fund, "help-line"), make_purpose(fund, "needed-most")]
    )
    fuzzer = Fuzzer(campaign, foreign=make_campaign().purposes.order_by("pk")[0].code, seed=seed)
    statuses: Counter[int] = Counter()
    for _ in range(POSTS):
        kind = fuzzer.chance.choice(fuzzer.kinds)
        made = OutboundCall.objects.count()
        answer = kind()
        statuses[answer.status_code] += 1
        assert answer.status_code in ALLOWED, (kind.__name__, fuzzer.number, answer.status_code)
        assert (OutboundCall.objects.count() > made) == (answer.status_code == 303)
        if answer.status_code == 422:
            check_refusal(answer)

    assert statuses[422] > POSTS // 2
    assert statuses[303] > 0
    assert Gift.objects.count() == Attempt.objects.count() == statuses[303]
    assert not Gift.objects.filter(purpose__code=fuzzer.foreign).exists()


def check_refusal(answer: HttpResponse) -> None:
    """A sentence in the summary for each mistake, the same one beside its field, a stamp to go on with."""
    page = answer.content.decode()
    summary = re.findall(
        r'<li>(?:<a href="#([^"]*)">)?(.*?)(?:</a>)?</li>', page.split("data-error-summary")[1].split("</ul>")[0]
    )
    assert summary
    for target, sentence in summary:
        words = html.unescape(sentence)
        assert words.endswith((".", "name@example.org")) or "@" in words, words
        assert "Null" not in words
        assert not target or page.count(sentence) >= 2
    assert re.search(r'name="stamp" value="[^"]+"', page)


def test_what_was_typed_comes_back_as_text(db: None) -> None:
    """Every printable spoiled value of a box stands in its box again, never as markup."""
    campaign = make_campaign(code="neighbours", purposes=[make_purpose(make_fund("harbour"), "needed-most")])
    fuzzer = Fuzzer(campaign, foreign="none")
    boxes = [("own", value) for value in AMOUNTS if value.strip()] + [
        ("name", value) for value in NAMES if value.strip()
    ]
    for name, value in boxes:
        page = fuzzer.send(fuzzer.typed() | ({"amount": "other"} if name == "own" else {}) | {name: value, "email": ""})
        box = re.search(rf'<input [^>]*name="{name}"[^>]*>', page.content.decode())
        shown = re.search(r'value="([^"]*)"', box.group(0)) if box else None

        assert page.status_code == 422
        assert shown is not None, (name, value)
        assert html.unescape(shown.group(1)).strip() == value.strip()
