from django.utils.translation import gettext_lazy as _

from core.languages import reader_language
from core.listing import paginate
from core.models import BasePage
from organisations.models.network import NetworkPage
from organisations.search_form import DirectoryFilters


class DirectoryPage(BasePage):
    """Every network and organisation, to be searched and filtered."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["organisations.NetworkPage", "organisations.OrganisationPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("directory")
        verbose_name_plural = _("directories")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        search = DirectoryFilters(request.GET, reader_language())
        context["search"] = search
        context["filters"] = search.filters
        context["pages"] = paginate(search.results(), request.GET, search.filters)
        context["pages"].query = search.query
        context["networks"] = NetworkPage.objects.listed().with_text().by_name()
        return context
