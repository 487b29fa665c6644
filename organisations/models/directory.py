from django.utils.translation import gettext_lazy as _

from core.languages import reader_language
from core.listing import paginate
from core.models import BasePage
from organisations.models.network import NetworkPage


class DirectoryPage(BasePage):
    """Every network and organisation, to be searched and filtered."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["organisations.NetworkPage", "organisations.OrganisationPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("directory")
        verbose_name_plural = _("directories")

    def get_context(self, request, *args, **kwargs):
        # Both read the models of this package.
        from organisations.directory_hints import DirectoryHints
        from organisations.directory_search import DirectorySearch

        context = super().get_context(request, *args, **kwargs)
        search = DirectorySearch(request.GET, reader_language())
        pages = paginate(search.ordered(), request.GET)
        pages.query = search.query()
        pages.object_list = search.cards(pages.object_list)
        context |= {"search": search, "hints": DirectoryHints(search), "pages": pages}
        if search.is_open:
            context["networks"] = NetworkPage.objects.listed().with_text().by_name()
        return context
