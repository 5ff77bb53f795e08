from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from tests.factories.actions import make_action

pytestmark = pytest.mark.usefixtures("site_pages")
XHTML = "{http://www.w3.org/1999/xhtml}link"
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def test_the_sitemap_names_every_page_with_its_other_language(client: Client):
    root = ET.fromstring(client.get("/sitemap.xml").content)  # noqa: S314  (our own answer)
    found = {url.findtext(LOC): {link.get("hreflang"): link.get("href") for link in url.iter(XHTML)} for url in root}
    assert len(found) == 2 * (10 + 77)
    assert found["http://testserver/en/global-cities-fund/"] == {
        "en": "http://testserver/en/global-cities-fund/",
        "fr": "http://testserver/fr/fonds-mondial-des-villes/",
    }
    assert "http://testserver/fr/actions/2023-001/" in found


def test_the_sitemap_names_nothing_that_is_not_public(client: Client):
    hidden = make_action(public=False)
    assert hidden.reference not in client.get("/sitemap.xml").content.decode()


def test_robots_are_told_where_to_look_and_where_not(client: Client):
    text = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in text
    assert "Disallow: /cms/" in text
