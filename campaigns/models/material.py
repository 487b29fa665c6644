from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from core.languages import LANGUAGE_NAMES, SOURCE_LANGUAGE


class ProjectMaterial(Orderable):
    """Something to download that a project has made.

    All of it is a fact: the title is in the language of the file, and every translation of a brochure is a file of its own.
    """

    LICENCES = [
        ("cc0", "CC0 1.0"),
        ("cc-by-4.0", "CC BY 4.0"),
        ("cc-by-sa-4.0", "CC BY-SA 4.0"),
        ("cc-by-nc-4.0", "CC BY-NC 4.0"),
        ("cc-by-nd-4.0", "CC BY-ND 4.0"),
        ("permission", _("used with permission")),
        ("reserved", _("all rights reserved")),
    ]
    DEEDS = {
        "cc0": "https://creativecommons.org/publicdomain/zero/1.0/",
        "cc-by-4.0": "https://creativecommons.org/licenses/by/4.0/",
        "cc-by-sa-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
        "cc-by-nc-4.0": "https://creativecommons.org/licenses/by-nc/4.0/",
        "cc-by-nd-4.0": "https://creativecommons.org/licenses/by-nd/4.0/",
    }

    page = ParentalKey("campaigns.ProjectPage", on_delete=models.CASCADE, related_name="materials")
    document = models.ForeignKey(
        "core.SiteDocument", verbose_name=_("document"), on_delete=models.CASCADE, related_name="project_materials"
    )
    title = models.CharField(
        _("title"), max_length=160, blank=True, help_text=_("In the language of the document; empty: its own title.")
    )
    language = models.CharField(
        _("language"), max_length=12, choices=[*LANGUAGE_NAMES.items()], default=SOURCE_LANGUAGE
    )
    licence = models.CharField(_("licence"), max_length=16, choices=LICENCES)
    date = models.DateField(
        _("date"), default=timezone.localdate, help_text=_("Decides which funders are named beside it.")
    )

    panels = [
        FieldPanel("document"),
        FieldRowPanel([FieldPanel("title"), FieldPanel("language")]),
        FieldRowPanel([FieldPanel("licence"), FieldPanel("date")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("material")
        verbose_name_plural = _("materials")

    def __str__(self):
        return self.title or self.document.title

    @property
    def deed(self) -> str:
        """Where the licence can be read."""
        return self.DEEDS.get(self.licence, "")
