"""Where production keeps files, from the environment alone; no network."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from fundportal.settings import environment
from fundportal.settings.stores import stores

KEPT = ("default", "private", "quarantine")


@pytest.fixture
def folders(monkeypatch):
    for name in ("S3_BUCKET", "S3_ACL", "S3_PREFIX", "MEDIA_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DOCUMENTS_DIR", "/srv/documents")
    monkeypatch.setenv("QUARANTINE_DIR", "/srv/quarantine")


@pytest.fixture
def buckets(folders, monkeypatch):
    monkeypatch.setenv("S3_BUCKET", "portal")
    monkeypatch.setenv("S3_ENDPOINT_URL", "https://objects.example.org")
    monkeypatch.setenv("S3_REGION", "eu-west-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "tests-only")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "tests-only")


def test_without_a_bucket_files_lie_in_folders(folders):
    places = stores("/srv/portal/var/media")
    locations = [places[alias]["OPTIONS"]["location"] for alias in KEPT]
    assert locations == ["/srv/portal/var/media", "/srv/documents", "/srv/quarantine"]


def test_without_a_bucket_the_folders_have_to_be_named(folders, monkeypatch):
    monkeypatch.delenv("DOCUMENTS_DIR")
    with pytest.raises(ImproperlyConfigured, match="DOCUMENTS_DIR"):
        stores("/srv/media")


def test_an_object_is_private_and_its_address_works_signed_and_for_minutes(buckets):
    places = stores("unused")
    assert [places[alias]["OPTIONS"]["location"] for alias in KEPT] == ["media", "documents", "quarantine"]
    for alias in KEPT:
        storage = import_string(places[alias]["BACKEND"])(**places[alias]["OPTIONS"])
        assert storage.default_acl == "private"
        assert storage.file_overwrite is False
        address = storage.url("a/file.pdf")
        assert address.startswith("https://")
        assert "X-Amz-Signature=" in address
        assert "X-Amz-Expires=300" in address


def test_a_bucket_without_access_lists_is_sent_none(buckets, monkeypatch):
    monkeypatch.setenv("S3_ACL", "none")
    assert stores("unused")["private"]["OPTIONS"]["default_acl"] is None


def test_the_portals_role_is_the_other_user_of_the_two_addresses():
    owner, portal = "postgres://owner@db/portal", "postgres://portal@db/portal"
    assert environment.other_user(portal, than=owner) == "portal"
    assert environment.other_user(owner, than=owner) == ""


def test_sign_in_counts_its_tries_in_a_redis_whatever_the_broker_is(monkeypatch):
    monkeypatch.delenv("CACHE_URL", raising=False)
    assert environment.cache("redis://broker/0") == "redis://broker/0"
    with pytest.raises(ImproperlyConfigured, match="CACHE_URL"):
        environment.cache("amqp://broker")
    monkeypatch.setenv("CACHE_URL", "redis://cache/1")
    assert environment.cache("amqp://broker") == "redis://cache/1"
