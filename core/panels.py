from wagtail.admin import panels


class InlinePanel(panels.InlinePanel):
    """Rows of a page that a translation does not have: they are facts and stand on the source page."""

    class BoundPanel(panels.InlinePanel.BoundPanel):
        def __init__(self, **kwargs):
            form = kwargs["form"]
            self.left_out = form is not None and kwargs["panel"].relation_name not in form.formsets
            super().__init__(**{**kwargs, "form": None if self.left_out else form})

        def is_shown(self):
            return not self.left_out and super().is_shown()
