"""A person without a mouse: what they use is reached by Tab, is seen to have the focus, and obeys keys alone."""

from typing import Any, Final

from playwright.sync_api import ElementHandle, Locator, Page

MOST_STOPS: Final = 400
MOST_ARROWS: Final = 60
PARTS_OF_A_DATE: Final = 6

# A page just opened has its focus nowhere yet; a link that leads past the menu is its first stop.
IS_BEYOND_THE_MENU: Final = (
    "e => document.activeElement === document.body && document.querySelector('main').contains(e)"
)
LEADS_PAST_IT: Final = "() => (document.activeElement.getAttribute('href') || '').startsWith('#')"
# A group of radio buttons is one stop: the arrows go from one to the next.
HAS_FOCUS: Final = """e => { const here = document.activeElement;
  const isRadio = e.type === 'radio' && here.type === 'radio';
  return here === e || (isRadio && here.name === e.name && here.form === e.form); }"""
IS_BEHIND: Final = """e => !!(document.activeElement.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_PRECEDING)"""
# An outline or a ring on the thing itself, or on the label that stands for it.
SHOWS_FOCUS: Final = """e => { const here = document.activeElement;
  return [here, here.closest('label'), ...(here.labels || []), here.nextElementSibling].some(seen => {
    if (!seen) return false;
    const style = getComputedStyle(seen);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none'; }); }"""
CHECKED: Final = "e => e.checked"
IS_THE_ONE: Final = "e => document.activeElement === e"


class Keyboard:
    """What hands do at a page with nothing but keys."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, way: Locator) -> ElementHandle:
        """Goes to it, stop by stop; over the skip link where the page has just been opened."""
        element = way.element_handle()
        if element.evaluate(IS_BEYOND_THE_MENU):
            self._press("Tab")
            if self.page.evaluate(LEADS_PAST_IT):
                self._press("Enter")
        key = "Shift+Tab" if element.evaluate(IS_BEHIND) else "Tab"
        for _stop in range(MOST_STOPS):
            if element.evaluate(HAS_FOCUS):
                assert element.evaluate(SHOWS_FOCUS), (
                    f"{self.page.url}: nobody sees that the focus is at {_html(element)}"
                )
                return element
            self._press(key)
        raise AssertionError(f"{self.page.url}: no key leads to {_html(element)}")

    def use(self, way: Locator) -> None:
        """A link, a button, the summary of something folded."""
        self.reach(way)
        self._press("Enter")

    def follow(self, way: Locator) -> None:
        """Uses what leads to another page, or to the same one with mistakes, and waits until that has loaded."""
        self.reach(way)
        with self.page.expect_navigation(wait_until="load"):
            self._press("Enter")

    def write(self, way: Locator, text: object) -> None:
        """Instead of what stands there; a date is typed part by part, as an American browser shows them."""
        element, words = self.reach(way), str(text)
        kind = element.get_attribute("type")
        if kind in {"date", "datetime-local"}:
            self._write_a_date(words)
        else:
            self._press("ControlOrMeta+A")
            self.page.keyboard.insert_text(words)
        assert element.input_value() == words, f"{self.page.url}: {_html(element)} took {element.input_value()!r}"

    def tick(self, way: Locator) -> None:
        element = self.reach(way)
        if element.get_attribute("type") == "radio":
            self._go_on_to(element)
        elif not element.evaluate(CHECKED):
            self._press("Space")
        assert element.evaluate(CHECKED), f"{self.page.url}: {_html(element)} is not ticked"

    def choose(self, way: Locator, **option: Any) -> None:
        """One of a list, by its `value` or by the words it `shows`."""
        element = self.reach(way)
        options = element.evaluate("e => [...e.options].map(each => ({value: each.value, shows: each.text.trim()}))")
        wanted = next(place for place, each in enumerate(options) if option.items() <= each.items())
        for _arrow in range(MOST_ARROWS):
            place = element.evaluate("e => e.selectedIndex")
            if place == wanted:
                return
            self._press("ArrowDown" if place < wanted else "ArrowUp")
        raise AssertionError(f"{self.page.url}: {option} cannot be chosen in {_html(element)}")

    def attach(self, way: Locator, file: Any) -> None:
        """The box is reached; the window in which a file is chosen is the system's, and there is none in a test."""
        self.reach(way).set_input_files([file])

    def _go_on_to(self, radio: ElementHandle) -> None:
        for _arrow in range(MOST_ARROWS):
            if radio.evaluate(CHECKED):
                return
            self._press("Space" if radio.evaluate(IS_THE_ONE) else "ArrowDown")

    def _write_a_date(self, words: str) -> None:
        """2027-09-01T14:30 is typed 09 01 2027, 02 30 PM. A year may have six digits, so an arrow ends it."""
        day, _, hour = words.partition("T")
        year, month, date = day.split("-")
        self._press(*["ArrowLeft"] * PARTS_OF_A_DATE)
        self.page.keyboard.type(f"{month}{date}{year}")
        if hour:
            hours, minutes = (int(part) for part in hour.split(":"))
            self._press("ArrowRight")
            self.page.keyboard.type(f"{hours % 12 or 12:02}{minutes:02}{'PM' if hours >= 12 else 'AM'}")

    def _press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)


def _html(element: ElementHandle) -> str:
    return str(element.evaluate("e => e.outerHTML.slice(0, 160)"))
