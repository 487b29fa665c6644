"""What visitors may send. More is not taken in, neither into memory nor onto the disk; the form says so."""

from django.core.files.uploadhandler import FileUploadHandler, SkipFile

LARGEST_UPLOAD = 10 * 1024 * 1024  # of all files of one form together


class LimitedUploadHandler(FileUploadHandler):
    """First of the handlers. Editors have limits of their own: their forms name them, whatever was sent."""

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):  # noqa: N803 (Django's name)
        self.received = 0
        self.is_limited = not self.request.path_info.startswith("/admin/")

    def receive_data_chunk(self, raw_data, start):
        if self.is_limited:
            self.received += len(raw_data)
            if self.received > LARGEST_UPLOAD:
                self.request.upload_was_too_large = True
                raise SkipFile
        return raw_data

    def file_complete(self, file_size):
        return None


def was_too_large(request) -> bool:
    return getattr(request, "upload_was_too_large", False)
