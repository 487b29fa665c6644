"""wagtail-localize's list of snippets for its chooser, for those who may see that kind of snippet."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from wagtail.permissions import policy_registry
from wagtail.snippets.views.snippets import get_snippet_model_from_url_params
from wagtail_localize.views.snippets_api import SnippetViewSet


def own_kinds(view):
    @wraps(view)
    def checked(request, app_label, model_name, **kwargs):
        model = get_snippet_model_from_url_params(app_label, model_name)
        if not policy_registry.get_by_type(model).user_has_any_permission(request.user, {"view", "add", "change"}):
            raise PermissionDenied
        return view(request, app_label=app_label, model_name=model_name, **kwargs)

    return checked


listing = own_kinds(SnippetViewSet.as_view({"get": "list"}))
detail = own_kinds(SnippetViewSet.as_view({"get": "retrieve"}))
