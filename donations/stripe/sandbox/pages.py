"""The hosted payment page: plain HTML without a script, English and French."""

from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from donations.stripe.sandbox.texts import TEXTS, amount, language

CSS = Path(__file__).with_name("page.css").read_bytes()
OFFERED = ("4242", "3220", "0002", "9995", "0069")

FRAME = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title} · {sandbox}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/page.css">
</head>
<body>
<header><p class="strip">{sandbox}</p></header>
<main>
{body}
</main>
</body>
</html>
"""


def policy(checkout: dict[str, Any] | None) -> str:
    """Chrome holds a redirect after a form against form-action, so the site that sent us is named there."""
    origins = {"'self'"}
    for name in ("success_url", "cancel_url"):
        url = urlsplit((checkout or {}).get(name) or "")
        if url.netloc:
            origins.add(f"{url.scheme}://{url.netloc}")
    fixed = "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'"
    return f"{fixed}; form-action {' '.join(sorted(origins))}"


def _page(lang: str, title: str, body: str) -> bytes:
    page = FRAME.format(lang=lang, title=escape(title), sandbox=escape(TEXTS[lang]["sandbox"]), body=body)
    return page.encode()


def _notice(lang: str, name: str, link: str | None = None) -> bytes:
    words = TEXTS[lang]
    body = f"<h1>{escape(words[name + '_title'])}</h1>\n<p>{escape(words[name + '_more'])}</p>"
    if link:
        body += f'\n<p><a href="{escape(link)}">{escape(words["return"])}</a></p>'
    return _page(lang, words[name + "_title"], body)


def gone() -> bytes:
    return _notice("en", "gone")


def closed(checkout: dict[str, Any]) -> bytes:
    lang = language(checkout["locale"])
    if checkout["status"] == "complete":
        return _notice(lang, "done", success_url(checkout))
    return _notice(lang, "expired", checkout["cancel_url"])


def success_url(checkout: dict[str, Any]) -> str:
    return str(checkout["success_url"]).replace("{CHECKOUT_SESSION_ID}", checkout["id"])


def _facts(checkout: dict[str, Any], items: list[dict[str, Any]], words: dict[str, str]) -> str:
    rows = [(words["for"], escape(_name(item))) for item in items]
    if checkout["customer_email"]:
        rows.append((words["email"], escape(checkout["customer_email"])))
    return "<dl>" + "".join(f"<dt>{escape(term)}</dt><dd>{text}</dd>" for term, text in rows) + "</dl>"


def _name(item: dict[str, Any]) -> str:
    product = item["price_data"].get("product_data") or {}
    return str(product.get("name", "–"))


def pay(checkout: dict[str, Any], items: list[dict[str, Any]], trouble: str = "") -> bytes:
    """The choice of a test card. `trouble` names the sentence to show when an attempt has just failed."""
    lang = language(checkout["locale"])
    words = TEXTS[lang]
    sum_ = amount(checkout["amount_total"], checkout["currency"], lang)
    title = words["title"].format(amount=sum_)
    back = checkout["cancel_url"]
    parts = [
        _trouble(words, trouble),
        f"<h1>{escape(title)}</h1>",
        _facts(checkout, items, words),
        f'<form method="post" action="/checkout/{checkout["id"]}/pay">',
        f"<fieldset><legend>{escape(words['choose'])}</legend>",
        *(_choice(number, words[number]) for number in OFFERED),
        f'</fieldset><button type="submit">{escape(words["pay"].format(amount=sum_))}</button></form>',
        f'<p><a href="{escape(back)}">{escape(words["back"])}</a></p>' if back else "",
    ]
    return _page(lang, words["declined"] if trouble else title, "\n".join(part for part in parts if part))


def _trouble(words: dict[str, str], trouble: str) -> str:
    if not trouble:
        return ""
    what, then = escape(words["declined"]), escape(words[trouble])
    return f'<div class="trouble" role="alert"><p><strong>{what}</strong></p><p>{then}</p></div>'


def _choice(number: str, label: str) -> str:
    checked = " checked" if number == OFFERED[0] else ""
    name = f"card-{number}"
    control = f'<input type="radio" id="{name}" name="card" value="{number}"{checked}>'
    return f'<label for="{name}">{control}{escape(label)}</label>'


def bank(checkout: dict[str, Any], items: list[dict[str, Any]]) -> bytes:
    lang = language(checkout["locale"])
    words = TEXTS[lang]
    sum_ = amount(checkout["amount_total"], checkout["currency"], lang)
    more = words["bank_more"].format(amount=sum_, name=_name(items[0]))
    body = f"""<h1>{escape(words["bank_title"])}</h1>
<p>{escape(more)}</p>
<form method="post" action="/checkout/{checkout["id"]}/bank">
<button type="submit" name="answer" value="yes">{escape(words["approve"])}</button>
<button class="plain" type="submit" name="answer" value="no">{escape(words["refuse"])}</button>
</form>"""
    return _page(lang, words["bank_title"], body)
