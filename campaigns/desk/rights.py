"""Whose data somebody sees at the desk.

The office and administrators, that is whoever may publish a page, see everybody who takes part in it. Project staff
see those of their own pages: the ones they wrote or are named for as responsible, as long as they may change them.
"""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from wagtail.models import Page, PageQuerySet
from wagtail.permission_policies import BasePermissionPolicy
from wagtail.permissions import policy_registry

from campaigns.models import CampaignIndexPage, CampaignPage, EventPage, ProjectPage, Responsibility
from core.languages import SOURCE_LANGUAGE
from core.models import User

KINDS = (CampaignPage, EventPage, ProjectPage)


def pages_of(user, model: type[Page] = CampaignPage) -> PageQuerySet:
    """German source pages: data hangs on them, whatever the language somebody took part in."""
    own = Q(owner=user) | Q(pk__in=Responsibility.objects.filter(user=user).values("page"))
    looked_after = Q(pk__in=_may(user, "publish", model)) | (Q(pk__in=_may(user, "change", model)) & own)
    return model.objects.filter(looked_after, locale__language_code=SOURCE_LANGUAGE)


def keeps_all(user) -> bool:
    """The office and administrators: also what belongs to no page, as the newsletter's readers."""
    if user.is_superuser:
        return user.is_active
    if not hasattr(user, "_keeps_all_who_take_part"):
        sections = CampaignIndexPage.objects.filter(locale__language_code=SOURCE_LANGUAGE)
        user._keeps_all_who_take_part = sections.filter(pk__in=_may(user, "publish", CampaignIndexPage)).exists()
    return user._keeps_all_who_take_part


def keeps(user, model: type[Page] = CampaignPage) -> bool:
    """Whether somebody has anything to look after. Asked by menu, panel and view."""
    return keeps_all(user) or model in _kinds_of(user)


def keeps_anything(user) -> bool:
    return keeps_all(user) or bool(_kinds_of(user))


def _kinds_of(user) -> set[type[Page]]:
    """One query for the menu on every page of the admin, remembered for one request."""
    if not hasattr(user, "_kinds_of_own_pages"):
        types = ContentType.objects.get_for_models(*KINDS)
        pages = pages_of(user, Page).filter(content_type__in=types.values())
        found = {*pages.order_by().values_list("content_type_id", flat=True).distinct()}
        user._kinds_of_own_pages = {model for model, content_type in types.items() if content_type.pk in found}
    return user._kinds_of_own_pages


def _may(user, action: str, model: type[Page]) -> QuerySet:
    policy = policy_registry.get_by_type(Page).for_model(model)
    return policy.instances_user_has_permission_for(user, action).order_by().values("pk")


class DeskPolicy(BasePermissionPolicy):
    """Rows may be seen and handled by whoever looks after their page; nobody adds, edits or deletes them in a form.

    `lookup` leads from a row to its page. Without one, rows belong to no page and are the office's.
    """

    ACTIONS = frozenset({"view"})

    def __init__(self, model: type[Model], lookup: str = "", page_model: type[Page] = CampaignPage):
        super().__init__(model)
        self.lookup, self.page_model = lookup, page_model

    def user_has_permission(self, user, action: str) -> bool:
        if action not in self.ACTIONS or not user.is_active:
            return False
        return keeps(user, self.page_model) if self.lookup else keeps_all(user)

    def instances_user_has_any_permission_for(self, user, actions) -> QuerySet:
        rows = self.model._default_manager.all()
        if not self.user_has_any_permission(user, actions):
            return rows.none()
        if not self.lookup:
            return rows
        # Numbers, not a subquery: there are few pages, and a million rows are found by index then.
        return rows.filter(**{f"{self.lookup}__in": [*pages_of(user, self.page_model).values_list("pk", flat=True)]})

    def user_has_permission_for_instance(self, user, action: str, instance: Model) -> bool:
        return self.instances_user_has_any_permission_for(user, [action]).filter(pk=instance.pk).exists()

    def users_with_any_permission(self, actions) -> QuerySet:
        """Asked where Wagtail names people to choose from; at the desk it never does."""
        return User.objects.none()
