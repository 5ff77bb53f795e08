"""A grant from its offer to its published result: both sides sign, the money goes out, a report comes back."""

import re
from datetime import date, timedelta
from xml.etree.ElementTree import Element, fromstring

from playwright.sync_api import expect

from tests.journeys.walks import Walk

GRANT = "PW27-0002"
SIGNATORY, MANAGER = "Aya Demo", "Marcel Demo"
FORM = "Report on a practice grant"
# Nobody was given a bank of this number: it passes every check, and leads nowhere.
ROUTING_NUMBER, ACCOUNT_NUMBER = "110000000", "000100031415"
COLUMNS = "booked_on,amount,currency,reference,counterparty,bank_id"
SUBMIT = "main form button[type=submit], main form button:not([type])"
SUMMARY = {
    "en": "Forty people who finish work at two in the morning now ride home.",
    "fr": "Quarante personnes qui finissent leur travail à deux heures du matin rentrent en bus.",
}
COUNTED, HEADING = "People who ride home at night", "Driver and fuel"
QUESTION = "How many of the forty ride more than once a week?"


def the_office_offers_the_award(walk: Walk) -> None:
    page = walk.page
    walk.be("Dalia")
    walk.go(f"/{walk.language}/office/awards/waiting/")
    walk.press(f"main a[href$='/offer/{GRANT}/']")
    starts_on = date.fromisoformat(page.locator("[name=starts_on]").input_value())
    ends_on, tells_on = starts_on + timedelta(days=30), starts_on + timedelta(days=60)
    typed = {
        "ends_on": ends_on,
        "tranches-0-amount": 10000,
        "tranches-1-amount": 5000,
        "tranches-1-planned_on": tells_on,
        "conditions-0-tranche": 2,
        "conditions-0-report": 1,
        "reports-0-period_ends_on": ends_on,
        "reports-0-due_on": tells_on,
        "indicators-0-name": COUNTED,
        "indicators-0-unit": "people",
        "indicators-0-baseline": 0,
        "indicators-0-target": 40,
        "budget-0-amount": 12500,
    }
    for name, value in typed.items():
        walk.keys.write(page.locator(f"[name='{name}']"), str(value))
    walk.keys.choose(page.locator("[name='conditions-0-kind']"), value="report_accepted")
    form = page.locator("[name='reports-0-form_version'] option", has_text=FORM).get_attribute("value")
    walk.keys.choose(page.locator("[name='reports-0-form_version']"), value=form)
    walk.press("main form button:not([name]):not(.vh)")
    assert walk.here.endswith(f"/office/awards/{GRANT}/"), page.locator("main").inner_text()


def both_sides_sign_the_same_words(walk: Walk) -> None:
    page = walk.page
    walk.press(f"form[action$='/{GRANT}/agreement/'] button")
    walk.press("form[action$='/send/'] button")
    walk.be("Aya", desk="/my/")
    walk.go(f"/{walk.language}/my/grants/{GRANT}/")
    walk.press("main a[href*='/agreement/']")
    walk.press("form[action$='/approve/'] button")
    sign(walk, SIGNATORY)
    walk.be("Marcel")
    walk.go(f"/{walk.language}/office/awards/{GRANT}/")
    walk.press("main a[href$='/sign/']")
    sign(walk, MANAGER)
    expect(page.locator("main a[href$='/sign/']")).to_have_count(0)


def sign(walk: Walk, name: str) -> None:
    walk.keys.write(walk.page.locator("[name=name_typed]"), name)
    walk.press("main form:has([name=name_typed]) button")


def the_grantee_says_where_the_money_goes(walk: Walk) -> None:
    page = walk.page
    walk.be("Aya", desk="/my/")
    walk.go(f"/{walk.language}/my/grants/{GRANT}/")
    walk.press("main a[href*='/my/payments/bank/']")
    walk.press("main a[href$='/propose/']")
    walk.keys.write(page.locator("[name=holder]"), "City of Valmont")
    walk.keys.write(page.locator("[name=routing_number]"), ROUTING_NUMBER)
    walk.keys.write(page.locator("[name=account_number]"), ACCOUNT_NUMBER)
    walk.press(SUBMIT)
    expect(page.locator("main")).to_contain_text(ACCOUNT_NUMBER[-4:])
    expect(page.locator("main")).not_to_contain_text(ACCOUNT_NUMBER)


def finance_compares_it_with_a_paper_of_the_bank(walk: Walk) -> None:
    page = walk.page
    walk.be("Chen")
    walk.go(f"/{walk.language}/office/payments/")
    walk.press("section[aria-labelledby=verify] a[href*='/office/payments/bank/']")
    walk.press("form[action$='/numbers/'] button")
    expect(page.locator("main")).to_contain_text(ACCOUNT_NUMBER)
    walk.keys.write(
        page.locator("[name=note]"), "Called the treasurer, number from the letterhead; every digit agrees."
    )
    walk.press("form[action$='/verify/'] button")
    expect(page.locator("form[action$='/verify/']")).to_have_count(0)


def the_grantee_accepts_and_the_day_of_the_money_comes(walk: Walk) -> None:
    page = walk.page
    walk.be("Aya", desk="/my/")
    walk.go(f"/{walk.language}/my/grants/{GRANT}/")
    walk.press("form[action$='/accept/'] button")
    ask = page.locator("form[action$='/payments/1/ask/'] button")

    def may_be_asked_for() -> bool:
        page.goto(f"{walk.origin}/{walk.language}/my/grants/{GRANT}/")
        return ask.count() > 0

    assert not may_be_asked_for()
    walk.let_time_pass(may_be_asked_for)
    walk.look()
    walk.keys.follow(ask)
    expect(ask).to_have_count(0)


def two_who_did_not_offer_it_approve_the_payment(walk: Walk) -> None:
    page = walk.page
    approve = "form[action$='/payments/1/approve/'] button"
    walk.be("Dalia")
    walk.go(f"/{walk.language}/office/awards/{GRANT}/")
    expect(page.locator(approve)).to_have_count(0)
    walk.be("Marcel")
    walk.go(f"/{walk.language}/office/awards/{GRANT}/")
    walk.press(approve)
    expect(page.locator(approve)).to_be_disabled()
    walk.be("Chen")
    walk.go(f"/{walk.language}/office/awards/{GRANT}/")
    walk.press(approve)
    expect(page.locator(approve)).to_have_count(0)


def one_makes_a_run_and_two_let_it_go(walk: Walk) -> str:
    """The statement with which the bank answers the file a day later: each payment by the name it was given."""
    page = walk.page
    walk.be("Frida")
    walk.go(f"/{walk.language}/office/payments/")
    walk.press("main a[href$='/draft/']")
    pay_on = page.locator("[name=pay_on]").input_value()
    walk.press(SUBMIT)
    run = walk.here
    expect(page.locator("form[action$='/approve/']")).to_have_count(0)
    for name in ("Chen", "Marcel"):
        walk.be(name)
        page.goto(run)
        walk.press("form[action$='/approve/'] button")
    walk.be("Frida")
    page.goto(run)
    walk.press("form[action$='/export/'] button")
    file = page.locator("main a[href$='/file/']").get_attribute("href")
    answer = page.request.get(f"{walk.origin}{file}")
    assert answer.headers["content-type"] == "application/xml"
    return statement(fromstring(answer.body()), pay_on)  # noqa: S314  (our own bytes)


def statement(document: Element, booked_on: str) -> str:
    """As the bank would print it, out of the file it was given (ISO 20022 pain.001)."""
    lines = [COLUMNS]
    for order in document.iterfind(".//{*}CdtTrfTxInf"):
        number, holder = order.findtext("{*}PmtId/{*}EndToEndId"), order.findtext("{*}Cdtr/{*}Nm")
        amount = order.find("{*}Amt/{*}InstdAmt")
        assert amount is not None
        lines.append(f"{booked_on},-{amount.text},{amount.get('Ccy')},{number},{holder},VALMONT-{number}")
    assert any(GRANT in line for line in lines), lines
    return "\n".join(lines)


def the_banks_statement_confirms_it(walk: Walk, lines: str) -> None:
    page = walk.page
    run = walk.here
    walk.go(f"/{walk.language}/office/payments/lines/read/")
    file = {"name": "statement.csv", "mimeType": "text/csv", "buffer": lines.encode()}
    walk.keys.attach(page.locator("[name=file]"), file)
    walk.press(SUBMIT)
    walk.press("form[action$='/confirm/'] button")
    page.goto(run)
    walk.look()
    expect(page.locator("h1 .badge--ok")).to_be_visible()
    walk.be("Aya", desk="/my/")
    walk.go(f"/{walk.language}/my/grants/{GRANT}/")
    expect(page.locator("section:has(> * > #payment-1) .badge--ok")).to_be_visible()


def the_grantee_writes_its_report_when_the_time_has_come(walk: Walk) -> None:
    page = walk.page

    def can_be_written() -> bool:
        page.goto(f"{walk.origin}/{walk.language}/my/reports/{GRANT}/1/")
        return page.locator("main a[href$='/check/']").count() > 0

    assert not can_be_written()
    walk.let_time_pass(can_be_written)
    walk.look()
    walk.press("main a[href$='/write/story/']")
    walk.keys.write(page.locator("[name='a-headline']"), "A bus that waits")
    walk.keys.write(page.locator("[name='a-done']"), "Four weeks, five nights each; the driver waits for the bakery.")
    walk.keys.write(page.locator("[name='a-people']"), "Forty people ride home. The driver counts them every night.")
    save_and_go_on(walk)
    walk.keys.write(page.locator("[name='a-lesson']"), "We would ask the bakers before we print the timetable.")
    save_and_go_on(walk)
    walk.keys.write(page.locator("[name^='value-']"), "38")
    save_and_go_on(walk)
    for box, spent in zip(page.locator("[name^='spent-']").all(), ("12400", "2450"), strict=True):
        walk.keys.write(box, spent)
    save_and_go_on(walk)
    walk.press("main a[href$='/check/'], button[name=next][value=check]")
    walk.press("form[action$='/send/'] button")


def save_and_go_on(walk: Walk) -> None:
    walk.press("button[name=next]:not([value=''])")


def the_office_asks_once_and_is_answered(walk: Walk) -> None:
    page = walk.page
    walk.be("Dalia")
    walk.go(f"/{walk.language}/office/reports/{GRANT}/1/")
    walk.keys.use(page.locator("details:has(form[action$='/ask/']) summary"))
    walk.keys.write(page.locator("form[action$='/ask/'] textarea"), QUESTION)
    walk.press("form[action$='/ask/'] button")
    walk.be("Aya", desk="/my/")
    walk.go(f"/{walk.language}/my/reports/{GRANT}/1/")
    expect(page.locator(".notice--wait")).to_contain_text(QUESTION)
    walk.press("main a[href$='/write/the-results/']")
    walk.keys.write(page.locator("[name^='note-']"), "Thirty-one of them ride four nights a week.")
    save_and_go_on(walk)
    walk.go(f"/{walk.language}/my/reports/{GRANT}/1/check/")
    walk.press("form[action$='/send/'] button")


def the_office_accepts_it_and_tells_everybody(walk: Walk) -> None:
    page = walk.page
    walk.be("Dalia")
    walk.go(f"/{walk.language}/office/reports/{GRANT}/1/")
    expect(page.locator("main")).to_contain_text("Thirty-one of them")
    walk.keys.write(page.locator("form[action$='/accept/'] textarea"), "The driver who waits is what we take from it.")
    walk.press("form[action$='/accept/'] button")
    for language, summary in SUMMARY.items():
        walk.keys.write(page.locator(f"[name=summary_{language}]"), summary)
    walk.press("form[action$='/publish/'] button")
    walk.go(f"/{walk.language}/office/awards/{GRANT}/")
    expect(page.locator("section:has(> * > #payment-2) .conditions .badge--ok")).to_be_visible()


def a_neighbour_reads_what_became_of_it(walk: Walk) -> None:
    page = walk.page
    page.context.clear_cookies()
    walk.go(f"/{walk.language}/grants/")
    walk.press(f"main a[href$='/grants/{GRANT}/']")
    said = page.locator("main")
    expect(said).to_contain_text(SUMMARY[walk.language])
    expect(page.locator(".hero-facts")).to_contain_text(figure(15_000))
    gauge = page.locator(".gauge svg")
    expect(gauge).to_have_attribute("aria-label", figure(10_000))
    expect(gauge).to_have_attribute("aria-label", figure(15_000))
    expect(page.get_by_role("row", name=COUNTED)).to_contain_text("38")
    expect(page.get_by_role("row", name=HEADING)).to_contain_text(figure(12_400))
    data = page.request.get(f"{walk.origin}/{walk.language}/grants/{GRANT}.json")
    money = data.json()["money"]
    assert (money["promised_minor"], money["paid_minor"]) == (1_500_000, 1_000_000)
    assert [payment["paid_on"] is not None for payment in money["payments"]] == [True, False]


def figure(whole: int) -> re.Pattern[str]:
    """10,000 in English; in French 10 000, with a space that does not break."""
    return re.compile(rf"\b{whole // 1000}\W?{whole % 1000:03}\b")
