from django.forms import Media
from wagtail.admin import panels


class LeftOutOnTranslations:
    """For rows of a page that a translation does not have: they are facts and stand on the source page."""

    def __init__(self, **kwargs):
        form = kwargs["form"]
        self.left_out = form is not None and kwargs["panel"].relation_name not in form.formsets
        super().__init__(**{**kwargs, "form": None if self.left_out else form})

    def is_shown(self):
        return not self.left_out and super().is_shown()

    @property
    def media(self):
        return Media() if self.left_out else super().media


class InlinePanel(panels.InlinePanel):
    class BoundPanel(LeftOutOnTranslations, panels.InlinePanel.BoundPanel):
        pass


class MultipleChooserPanel(panels.MultipleChooserPanel):
    """Several pages, chosen at once; for choices too many for a list of tick boxes."""

    class BoundPanel(LeftOutOnTranslations, panels.MultipleChooserPanel.BoundPanel):
        pass
