"""Where files are kept: folders that every machine reaches, or buckets of an S3-compatible service."""

from typing import Any

from fundportal.settings import environment

FOLDERS = "django.core.files.storage.FileSystemStorage"
BUCKETS = "storages.backends.s3.S3Storage"
SIGNED_FOR_SECONDS = 300
STATIC = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}


def stores(media_dir: str) -> dict[str, Any]:
    """Django's STORAGES. Buckets as soon as S3_BUCKET is set, folders otherwise."""
    if environment.text("S3_BUCKET", ""):
        return {
            "default": bucket("media"),
            "private": bucket("documents"),
            "quarantine": bucket("quarantine"),
            "staticfiles": STATIC,
        }
    return {
        "default": folder(environment.text("MEDIA_DIR", media_dir)),
        "private": folder(environment.text("DOCUMENTS_DIR")),
        "quarantine": folder(environment.text("QUARANTINE_DIR")),
        "staticfiles": STATIC,
    }


def folder(location: str) -> dict[str, Any]:
    return {"BACKEND": FOLDERS, "OPTIONS": {"location": location}}


def bucket(prefix: str) -> dict[str, Any]:
    """Private objects that nothing overwrites; an address works signed, and only for minutes.

    A bucket that has access lists switched off refuses every list, even a private one: there S3_ACL says `none`.
    """
    acl = environment.text("S3_ACL", "private")
    return {
        "BACKEND": BUCKETS,
        "OPTIONS": {
            "bucket_name": environment.text("S3_BUCKET"),
            "location": f"{environment.text('S3_PREFIX', '')}{prefix}",
            "endpoint_url": environment.text("S3_ENDPOINT_URL", "") or None,
            "region_name": environment.text("S3_REGION", "") or None,
            "addressing_style": environment.text("S3_ADDRESSING_STYLE", "auto"),
            "signature_version": "s3v4",
            "default_acl": None if acl == "none" else acl,
            "querystring_auth": True,
            "querystring_expire": SIGNED_FOR_SECONDS,
            "custom_domain": None,
            "file_overwrite": False,
        },
    }
