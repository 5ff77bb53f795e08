"""What search engines expect at the root of the site, outside any language."""

from cms import search_engines
from fundportal.access.urls import PUBLIC, guarded

urlpatterns = [
    guarded("robots.txt", search_engines.robots, policy=PUBLIC, name="robots"),
    guarded("sitemap.xml", search_engines.sitemap, policy=PUBLIC, name="sitemap"),
]
