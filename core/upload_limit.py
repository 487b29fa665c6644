"""What visitors may send. More is not taken in, neither into memory nor onto the disk; the form says so."""

from django.core.files.uploadhandler import FileUploadHandler

LARGEST_UPLOAD = 10 * 1024 * 1024
# Enough that a form sees that a file is too large, and refuses it in its own words.
TAKEN_IN = LARGEST_UPLOAD + 256 * 1024


class LimitedUploadHandler(FileUploadHandler):
    """First of the handlers: what comes after `TAKEN_IN` reaches no other. Editors have limits of their own."""

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):  # noqa: N803 (Django's name)
        self.received = 0
        self.is_limited = not self.request.path_info.startswith("/admin/")

    def receive_data_chunk(self, raw_data, start):
        self.received += len(raw_data)
        return None if self.is_limited and self.received > TAKEN_IN else raw_data

    def file_complete(self, file_size):
        return None
