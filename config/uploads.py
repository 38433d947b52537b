"""Stops an upload that is too large while it comes in, before it fills memory or disk; the view then says so."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload


class CappedUpload(FileUploadHandler):
    """Stands before the other handlers and counts the bytes of all files of a request."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass a chunk on; `start` is its offset in the file."""
        self.seen += len(raw_data)
        if self.seen > settings.UPLOAD_MOST_BYTES:
            if self.request is not None:
                self.request.META["UPLOAD_IS_TOO_LARGE"] = True
            raise StopUpload(connection_reset=True)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Another handler keeps the file."""
