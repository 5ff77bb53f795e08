"""Writes a letter's look into its HTML: every element gets its style, by tag and class, as mail programs want it.

Letters are written as plain HTML with a handful of classes (sheet, bar, mark, ledger, num, total, button, small, soft).
"""

from html import escape
from html.parser import HTMLParser

from fundportal.mail.palette import DISPLAY_FACE, TEXT_FACE, Tokens

Attributes = list[tuple[str, str | None]]

BUTTON = "display:block;padding:14px 20px;border-radius:3px;text-align:center;text-decoration:none;font-weight:650"


def stylesheet(tokens: Tokens, *, direction: str) -> dict[str, str]:
    """Declarations by tag ("h1") and by class (".button"); `direction` settles which side text starts at."""
    start, end = ("right", "left") if direction == "rtl" else ("left", "right")
    line = f"1px solid {tokens.hair}"
    return {
        "body": f"margin:0;padding:0;background:{tokens.sheet};color:{tokens.ink};font-family:{TEXT_FACE}",
        "table": "border-collapse:collapse;width:100%",
        "h1": f"margin:0 0 16px;font:600 28px/1.15 {DISPLAY_FACE};color:{tokens.ink}",
        "p": f"margin:0 0 16px;font:400 18px/1.55 {TEXT_FACE};color:{tokens.ink}",
        "a": f"color:{tokens.accent};text-decoration:underline",
        "hr": f"border:0;border-top:{line};margin:24px 0",
        "caption": f"padding:0 0 8px;text-align:{start};font:600 18px/1.3 {DISPLAY_FACE};color:{tokens.ink}",
        "th": f"padding:10px 12px 10px 0;text-align:{start};font:400 17px/1.4 {TEXT_FACE};color:{tokens.ink}",
        "td": f"padding:10px 0;text-align:{start};font:400 17px/1.4 {TEXT_FACE};color:{tokens.ink}",
        ".outer": f"background:{tokens.sheet}",
        ".gap": "padding:24px 12px",
        ".sheet": f"max-width:600px;margin:0 auto;background:{tokens.paper};border-top:12px solid {tokens.bar}",
        ".inside": "padding:32px 28px",
        ".mark": f"margin:0 0 24px;font:600 18px/1.3 {DISPLAY_FACE};color:{tokens.ink}",
        ".ledger": "margin:0 0 24px",
        ".head": f"padding-bottom:8px;border-bottom:2px solid {tokens.ink};font-size:15px;font-weight:650",
        ".row": f"border-bottom:{line}",
        ".what": "font-weight:650",
        ".num": f"padding:10px 0;text-align:{end};white-space:nowrap",
        ".total": f"font-weight:700;border-top:2px solid {tokens.ink}",
        ".proved": f"border-bottom:6px double {tokens.ink}",
        ".button": f"{BUTTON};background:{tokens.ink};color:{tokens.paper}",
        ".code": f"margin:0 0 24px;font:600 32px/1.2 {DISPLAY_FACE};letter-spacing:0;color:{tokens.ink}",
        ".small": "font-size:15px;line-height:1.5",
        ".soft": f"color:{tokens.ink_2}",
    }


def dark_rules(tokens: Tokens) -> str:
    """The same letter on a dark screen; only programs that read a style element take part."""
    ink, quiet, accent = f"color:{tokens.ink}!important", f"color:{tokens.ink_2}!important", tokens.accent
    return (
        "@media (prefers-color-scheme: dark){"
        f"body,.outer{{background:{tokens.sheet}!important}}"
        f".sheet{{background:{tokens.paper}!important;border-color:{tokens.bar}!important}}"
        f"h1,p,th,td,caption,.mark,.code{{{ink}}}.soft{{{quiet}}}a{{color:{accent}!important}}"
        f".button{{background:{tokens.ink}!important;color:{tokens.paper}!important}}"
        f".row,hr{{border-color:{tokens.hair}!important}}.head,.total{{border-color:{tokens.ink}!important}}"
        "}"
    )


def inline(html: str, styles: dict[str, str]) -> str:
    """The same document with a style attribute on every element that `styles` speaks of."""
    writer = _Writer(styles)
    writer.feed(html)
    writer.close()
    return "".join(writer.pieces)


class _Writer(HTMLParser):
    def __init__(self, styles: dict[str, str]) -> None:
        super().__init__(convert_charrefs=False)
        self.styles = styles
        self.pieces: list[str] = []

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        classes = (dict(attrs).get("class") or "").split()
        found = [self.styles[name] for name in (tag, *(f".{word}" for word in classes)) if name in self.styles]
        if found:
            attrs = [*attrs, ("style", ";".join(found))]
        written = "".join(f" {name}" if value is None else f' {name}="{escape(value)}"' for name, value in attrs)
        self.pieces.append(f"<{tag}{written}>")

    def handle_endtag(self, tag: str) -> None:
        self.pieces.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)

    def handle_entityref(self, name: str) -> None:
        self.pieces.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.pieces.append(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        self.pieces.append(f"<!{decl}>")
