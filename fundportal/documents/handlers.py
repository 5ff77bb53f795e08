"""What is kept of a file while it still arrives."""

from django.core.files.uploadhandler import FileUploadHandler

from fundportal.documents.kinds import MOST_BYTES


class EnoughHandler(FileUploadHandler):
    """Stands before Django's own: what comes after the most a file may have is read and dropped.

    The rest is long enough to be refused as too big, and the disk is not filled by what is refused anyway.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start <= MOST_BYTES else None

    def file_complete(self, _file_size: int) -> None:
        return None
