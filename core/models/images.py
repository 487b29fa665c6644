from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image, get_upload_to

from core.image_metadata import CleanImageField


class SiteImage(AbstractImage):
    """A picture with the duties that come with it: alternative text, credit, licence."""

    LICENCES = [
        ("own", _("own picture")),
        ("permission", _("used with permission")),
        ("cc0", "CC0 1.0"),
        ("cc-by-4.0", "CC BY 4.0"),
        ("cc-by-sa-4.0", "CC BY-SA 4.0"),
        ("public-domain", _("public domain")),
    ]

    file = CleanImageField(verbose_name=_("file"), upload_to=get_upload_to, width_field="width", height_field="height")
    # Not `decorative`: Wagtail sets an attribute of that name on every picture, for the block it stands in.
    is_decorative = models.BooleanField(
        _("decorative"),
        default=False,
        help_text=_("The picture says nothing that the text does not say; screen readers skip it."),
    )
    credit = models.CharField(
        _("credit"), max_length=200, blank=True, help_text=_("Who made it, as it must be named beside the picture.")
    )
    licence = models.CharField(_("licence"), max_length=20, choices=LICENCES, default="own")

    admin_form_fields = (*Image.admin_form_fields, "is_decorative", "credit", "licence")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", "Can choose image")]

    def clean(self):
        super().clean()
        if not self.description and not self.is_decorative:
            raise ValidationError(
                {"description": _("Describe what the picture shows, or mark it as decorative on purpose.")}
            )

    def get_upload_to(self, filename):
        """A new name for every file: no address of a picture ever shows another one, so browsers may keep it."""
        path = PurePath(filename)
        return super().get_upload_to(f"{path.stem[:60]}-{get_random_string(8).lower()}{path.suffix}")

    @property
    def default_alt_text(self):
        return "" if self.is_decorative else self.description


class SiteRendition(AbstractRendition):
    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = [("image", "filter_spec", "focal_point_key")]

    @property
    def url(self):
        """Always on our own host, wherever the file is stored."""
        return reverse("media", args=[self.file.name])
