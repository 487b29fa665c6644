from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns.models import CampaignPage
from campaigns.share_kit import logo
from core.lettering.lines import missing
from core.models import SiteImage
from core.public_forms import HoneypotMixin
from core.typed_text import one_line
from core.upload_limit import LARGEST_UPLOAD

# As the template shows motifs to choose from.
CHOICE = "fill-400x400|format-webp"


class SharePictureForm(HoneypotMixin):
    """What goes onto the picture. The logo comes along as text (`kept_logo`) from the preview to the download."""

    motif = forms.ModelChoiceField(
        label=gettext_lazy("Motif"),
        queryset=None,
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Please choose a motif."),
            "invalid_choice": gettext_lazy("This motif is not there any more. Please choose another one."),
        },
    )
    name = forms.CharField(
        label=gettext_lazy("Name of your organisation"),
        max_length=80,
        help_text=gettext_lazy("As it shall stand on the picture, in any of our scripts."),
        error_messages={"required": gettext_lazy("Please enter the name of your organisation.")},
        widget=forms.TextInput(attrs={"autocomplete": "organization", "dir": "auto"}),
    )
    logo = forms.FileField(
        label=gettext_lazy("Logo (if you like)"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy(
            "PNG, JPEG, WebP, GIF or AVIF, at most 10 MB. We keep neither the logo nor the picture."
        ),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp,image/gif,image/avif"}),
    )
    kept_logo = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, page: CampaignPage, data=None, files=None):
        pictures = SiteImage.objects.prefetch_renditions(CHOICE)
        motifs = page.facts.motifs.prefetch_related(Prefetch("image", pictures))
        self.motifs = [*motifs]
        super().__init__(data, files, initial={"motif": self.motifs[0].pk}, use_required_attribute=False)
        self.fields["motif"].queryset = motifs
        self.picture = None

    def clean_motif(self):
        chosen = self.cleaned_data["motif"]
        return next(motif for motif in self.motifs if motif.pk == chosen.pk)

    def clean_name(self) -> str:
        name = one_line(self.data.get(self.add_prefix("name"), ""), self.cleaned_data["name"])
        signs = missing(name)
        if signs:
            raise ValidationError(
                ngettext(
                    "We cannot draw this letter: %(signs)s. Please write the name in Latin, Cyrillic, Greek or Arabic letters.",
                    "We cannot draw these letters: %(signs)s. Please write the name in Latin, Cyrillic, Greek or Arabic letters.",
                    len(signs),
                )
                % {"signs": " ".join(signs[:10])},
                code="letters",
            )
        return name

    def clean_logo(self) -> None:
        """Whatever becomes of the rest of the form: a logo that was read comes along."""
        sent = self.cleaned_data["logo"]
        if sent and sent.size > LARGEST_UPLOAD:
            raise ValidationError(_("This file is too large; at most 10 MB are allowed."), code="size")
        if sent:
            self.picture = logo.read(sent)
        else:
            self.picture = logo.brought_along(self.data.get(self.add_prefix("kept_logo"), ""))

    @property
    def logo_to_keep(self) -> str:
        return logo.kept(self.picture) if self.picture else ""
