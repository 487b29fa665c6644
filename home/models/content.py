from django.utils.translation import gettext_lazy as _

from core.models import BasePage


class ContentPage(BasePage):
    """About us, positions, legal pages, contact: what differs is the blocks, not the type."""

    parent_page_types = ["home.HomePage", "home.ContentPage"]
    subpage_types = ["home.ContentPage"]

    class Meta:
        verbose_name = _("content page")
        verbose_name_plural = _("content pages")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["children"] = ContentPage.objects.child_of(self.source).listed().with_cards()
        return context
