"""Who is told: the coordinators of an organisation's network, and the office."""

from django.db.models import QuerySet
from wagtail.models import GroupPagePermission, Page

from core.languages import LANGUAGE_NAMES, SOURCE_LANGUAGE
from core.models import User
from organisations.models import DirectoryPage, NetworkPage, OrganisationPage
from organisations.roles import PREFIX


def network_of(page: OrganisationPage) -> NetworkPage | None:
    """The network it stands below; one right below the directory has none."""
    return NetworkPage.objects.ancestor_of(page).order_by("-depth").first()


def coordinators(network: NetworkPage | None) -> QuerySet[User]:
    """Members of the network's group who can get mail."""
    if network is None:
        return User.objects.none()
    groups = {"groups__name__startswith": PREFIX, "groups__page_permissions__page_id": network.pk}
    return _reachable(User.objects.filter(**groups))


def office() -> QuerySet[User]:
    """Those who may change the whole directory; of several groups the one whose rights begin closest to it, so that
    administrators get no mail where there are editors."""
    directory = DirectoryPage.objects.filter(locale__language_code=SOURCE_LANGUAGE).first()
    if directory:
        above = Page.objects.ancestor_of(directory, inclusive=True).order_by("-depth").values_list("pk", flat=True)
        for pk in above:
            groups = GroupPagePermission.objects.filter(page=pk, permission__codename="change_page").values("group")
            people = _reachable(User.objects.filter(groups__in=groups))
            if people.exists():
                return people
    return _reachable(User.objects.filter(is_superuser=True))


def admin_language(user: User) -> str:
    """The language somebody has chosen for the CMS."""
    profile = getattr(user, "wagtail_userprofile", None)
    chosen = profile.preferred_language if profile else ""
    return chosen if chosen in LANGUAGE_NAMES else SOURCE_LANGUAGE


def _reachable(users: QuerySet[User]) -> QuerySet[User]:
    people = users.filter(is_active=True).exclude(email="").select_related("wagtail_userprofile")
    return people.order_by("pk").distinct()
