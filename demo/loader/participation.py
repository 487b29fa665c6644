"""Which sample organisations and networks take part in sample events and news."""

from wagtail.models import Page

from campaigns.models import EventOrganisation
from demo.loader import texts
from demo.loader.references import References
from organisations.models import NetworkPage


def load_participation() -> None:
    """Pages that name somebody already stay as they are; whom the sample does not hold is left out."""
    references = References()
    for entry in texts.read("de/participation")["taking_part"]:
        page = Page.objects.get(pk=references.page(entry["page"])).specific
        organisations, networks = (
            [references.page(path) for path in entry.get(kind, []) if references.has_page(path)]
            for kind in ("organisations", "networks")
        )
        if organisations and not page.organisation_links.exists():
            page.organisation_links = [
                EventOrganisation(organisation_id=key, sort_order=order) for order, key in enumerate(organisations)
            ]
            page.save_revision(clean=False).publish()
        if networks and not page.networks.exists():
            page.networks.set(NetworkPage.objects.filter(pk__in=networks))
            page.save_revision(clean=False).publish()
