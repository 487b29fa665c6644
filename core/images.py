"""What an editor's picture must fulfil before it is kept."""

import warnings

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from core.image_metadata import UnreadablePictureError, without_metadata


class CheckedImageField(WagtailImageField):
    """Refuses by size first, then decodes: a broken file is an error in the form, not on the server."""

    def to_python(self, data):
        if data:
            self.check_image_file_size(data)
            self._check_announced_pixels(data)
        try:
            file = super().to_python(data)
            return file and without_metadata(file)
        except (UnreadablePictureError, OSError, SyntaxError, ValueError) as error:
            raise ValidationError(
                _("This picture cannot be read. Open it in a graphics program, save it again and retry."),
                code="invalid_image",
            ) from error

    def _check_announced_pixels(self, data) -> None:
        """Before anything is decoded, Wagtail's own count included: 120 megapixels cost a gigabyte of memory."""
        try:
            with warnings.catch_warnings(action="ignore", category=Image.DecompressionBombWarning):
                image = Image.open(data)
                pixels = image.width * image.height * getattr(image, "n_frames", 1)
        except Image.DecompressionBombError:
            pixels = _("unknown number")
        except (OSError, SyntaxError, ValueError):
            return  # no picture; Wagtail says so better
        finally:
            data.seek(0)
        if not isinstance(pixels, int) or pixels > self.max_image_pixels:
            message = self.error_messages["file_too_many_pixels"]
            raise ValidationError(
                message % {"num_pixels": pixels, "max_pixels_count": self.max_image_pixels}, code="file_too_many_pixels"
            )


class CheckedImageForm(BaseImageForm):
    """Base of all forms that take pictures: single upload, multiple upload, chooser, replacing a file."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            plain = self.fields["file"]
            self.fields["file"] = CheckedImageField(
                label=plain.label, required=plain.required, widget=plain.widget, initial=plain.initial
            )
