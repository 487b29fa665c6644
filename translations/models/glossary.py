"""The words that every translation of the site shall have in common."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel

from core.languages import EASY_LANGUAGE, LANGUAGE_NAMES, SOURCE_LANGUAGE


def target_languages() -> list[tuple[str, str]]:
    """Leichte Sprache is written, not translated."""
    return [(code, name) for code, name in LANGUAGE_NAMES.items() if code not in {SOURCE_LANGUAGE, EASY_LANGUAGE}]


def wordings(text: str) -> list[str]:
    """Several of them stand in one field, separated by semicolons, the best first."""
    return [wording for part in text.split(";") if (wording := " ".join(part.split()))]


class Rule(models.TextChoices):
    KEEP = "keep", _("Keep as is")
    USE = "use", _("Use this")
    AVOID = "avoid", _("Avoid")


class GlossaryTerm(ClusterableModel):
    """A German word or name, and what becomes of it in other languages."""

    term = models.CharField(_("German term"), max_length=120, unique=True, help_text=_("In the singular."))
    variants = models.CharField(
        _("other spellings"),
        max_length=250,
        blank=True,
        help_text=_("Also abbreviations. Separate several by semicolons."),
    )
    rule = models.CharField(_("rule"), max_length=5, choices=Rule.choices, default=Rule.USE)
    explanation = models.TextField(
        _("explanation"), blank=True, help_text=_("What it means, for translators who do not know the word.")
    )
    instead = models.CharField(
        _("instead"), max_length=250, blank=True, help_text=_("For words to avoid: what to write instead in German.")
    )
    updated_at = models.DateTimeField(auto_now=True)

    panels = [
        MultiFieldPanel(
            [FieldPanel("term"), FieldPanel("variants"), FieldPanel("rule"), FieldPanel("instead")], heading=_("German")
        ),
        FieldPanel("explanation"),
        InlinePanel("translations", heading=_("Translations"), label=_("Translation")),
    ]

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["term"]

    def __str__(self):
        return self.term


class GlossaryTranslation(models.Model):
    glossary_term = ParentalKey(GlossaryTerm, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(_("language"), max_length=20, choices=target_languages)
    text = models.CharField(
        _("wording"),
        max_length=250,
        help_text=_(
            "The wording to use; for words to avoid, the wording to avoid. "
            "Further accepted wordings or forms after semicolons, the best first."
        ),
    )
    instead = models.CharField(
        _("instead"), max_length=250, blank=True, help_text=_("For words to avoid: what to write instead.")
    )
    note = models.CharField(_("note"), max_length=250, blank=True)

    panels = [FieldPanel("language"), FieldPanel("text"), FieldPanel("instead"), FieldPanel("note")]

    class Meta:
        verbose_name = _("translation of a term")
        verbose_name_plural = _("translations of terms")
        ordering = ["language"]
        constraints = [models.UniqueConstraint(fields=["glossary_term", "language"], name="unique_term_language")]

    def __str__(self):
        return self.text


class SuppliedTerm(models.Model):
    """That a term of the supplied vocabulary has been here: what people renamed or deleted does not come back."""

    key = models.CharField(max_length=120, unique=True)

    class Meta:
        verbose_name = _("supplied term")
        verbose_name_plural = _("supplied terms")

    def __str__(self):
        return self.key
