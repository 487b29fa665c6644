"""Who may import and export which part of the member list, and see which imports."""

from django.db.models import QuerySet
from wagtail.models import Page
from wagtail.permissions import policy_registry

from core.languages import SOURCE_LANGUAGE
from organisations.models import DirectoryPage, MemberImport
from organisations.rights import networks_of


def has_whole_list(user) -> bool:
    """The office: whoever may publish on the directory itself."""
    policy = policy_registry.get_by_type(Page).for_model(DirectoryPage)
    directories = policy.instances_user_has_permission_for(user, "publish")
    return directories.filter(locale__language_code=SOURCE_LANGUAGE).exists()


def may_import(user) -> bool:
    return has_whole_list(user) or networks_of(user).exists()


def imports_seen_by(user) -> QuerySet:
    """The office sees all; coordinators their own, as long as the network is theirs."""
    imports = MemberImport.objects.defer("content").select_related("network", "uploaded_by")
    if has_whole_list(user):
        return imports
    return imports.filter(uploaded_by=user.pk, network__in=networks_of(user).values("pk"))
