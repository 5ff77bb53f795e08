"""Adding files with the script: each is sent at once, shows how the checks went, and posts its token with the form."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from fundportal.documents.models import Upload
from fundportal.documents.states import UploadState
from fundportal.documents.uploads import sweep
from tests.factories.people import make_person
from tests.factories.uploads import LETTER
from tests.support.browser import scrolls_sideways
from tests.support.site import Site, enter

pytestmark = pytest.mark.browser
ACTING = LETTER.replace(b"/Catalog", b"/Catalog /OpenAction << /S /JavaScript /JS (1) >>")


@pytest.fixture
def gallery(site: Site, browser_page: Page) -> Page:
    enter(browser_page, site, make_person("Nadia"))
    browser_page.goto(f"{site.url}/demo/components/")
    return browser_page


def choose(page: Page, folder: Path, files: dict[str, bytes], *, field: str = "files-letter") -> None:
    paths = [folder / name for name in files]
    for path in paths:
        path.write_bytes(files[path.name])
    page.set_input_files(f'input[name="{field}-new"]', paths)


def test_files_are_sent_at_once_and_say_how_their_checks_went(
    gallery: Page, tmp_path: Path, axe: Callable[[Page], None]
) -> None:
    choose(gallery, tmp_path, {"plan.pdf": LETTER, "acting.pdf": ACTING, "setup.exe": b"MZ"})
    rows = gallery.locator("[data-upload-name=files-letter] [data-upload-row]")
    for name, word in (("plan.pdf", "Being checked"), ("acting.pdf", "Being checked"), ("setup.exe", "is a program")):
        expect(rows.filter(has_text=name)).to_contain_text(word)
    sweep()
    expect(rows.filter(has_text="plan.pdf").last).to_contain_text("Ready")
    expect(rows.filter(has_text="acting.pdf")).to_contain_text("runs a script")
    tokens = {str(upload.token) for upload in Upload.objects.all()}
    posted = gallery.locator('input[type=hidden][name="files-letter"]').evaluate_all("all => all.map(one => one.value)")
    assert tokens <= set(posted)
    rows.filter(has_text="acting.pdf").get_by_role("button", name="Remove acting.pdf").click()
    expect(rows.filter(has_text="acting.pdf")).to_have_count(0)
    expect(gallery.locator('input[type=file][name="files-letter-new"]')).to_be_focused()
    for width, scheme in ((1280, "light"), (320, "dark")):
        gallery.set_viewport_size({"width": width, "height": 900})
        gallery.emulate_media(color_scheme=scheme)
        assert not scrolls_sideways(gallery)
        axe(gallery)


def test_a_field_of_one_file_keeps_the_newest(gallery: Page, tmp_path: Path) -> None:
    rows = gallery.locator("[data-upload-name=bad-files-letter] [data-upload-row]")
    for name in ("first.pdf", "second.pdf"):
        choose(gallery, tmp_path, {name: LETTER}, field="bad-files-letter")
        expect(rows.filter(has_text=name)).to_contain_text("Being checked")
    expect(rows).to_have_count(1)
    newest = Upload.objects.get(name="second.pdf")
    assert newest.state == UploadState.RECEIVED
    expect(gallery.locator('input[type=hidden][name="bad-files-letter"]')).to_have_value(str(newest.token))


def test_a_broken_line_is_said_and_the_row_can_go(gallery: Page, tmp_path: Path) -> None:
    gallery.route("**/files/add/", lambda route: route.abort())
    choose(gallery, tmp_path, {"plan.pdf": LETTER})
    row = gallery.locator("[data-upload-name=files-letter] [data-upload-row]").filter(has_text="plan.pdf")
    expect(row).to_contain_text("The line broke off")
    row.get_by_role("button", name="Remove plan.pdf").click()
    expect(row).to_have_count(0)
