from wagtail.admin.widgets import AdminPageChooser


class PageChooser(AdminPageChooser):
    """Wagtail's chooser, which also shows a form again into which something was sent that is no id."""

    def get_instance(self, value):
        text = str(value)
        if value and not hasattr(value, "pk") and not (text.isdecimal() and len(text) < 10):
            return None
        return super().get_instance(value)
