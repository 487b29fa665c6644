"""Terms (translatable snippets) are edited by people of their language only, in every view of the admin."""

from functools import wraps

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, include, path
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalKey
from wagtail.models import Locale, Page, TranslatableMixin, get_translatable_models
from wagtail.permissions import policy_registry, register_permission_policy
from wagtail.snippets.models import get_snippet_models

from translations.rights import LanguagePermissionPolicy, languages_of, may_change, may_publish

CREATING = {"add", "copy", "preview_on_add"}
PUBLISHING = {"delete", "unpublish", "reorder"}


def register_policies() -> None:
    """Before the snippets register themselves; those find the policy that is there."""
    for model in get_translatable_models():
        children = any(isinstance(field, ParentalKey) for field in model._meta.get_fields())
        if not issubclass(model, Page) and not children:
            register_permission_policy(model, LanguagePermissionPolicy(model))


def urls() -> list:
    """The addresses of all views on terms once more, each behind the gate. They come before Wagtail's own.

    Wagtail's views ask for the permission on the model only, not for the single term.
    """
    models = [model for model in get_snippet_models() if issubclass(model, TranslatableMixin)]
    return [
        path(
            f"{model.snippet_viewset.url_prefix}/",
            include([gated(pattern, model) for pattern in model.snippet_viewset.get_urlpatterns()]),
        )
        for model in models
    ]


def gated(pattern: URLPattern, model: type[TranslatableMixin]) -> URLPattern:
    view, name = pattern.callback, pattern.name

    @wraps(view)
    def checked(request, *args, **kwargs):
        if name in CREATING:
            _check_creation(request, model)
        if "pk" in kwargs:
            term = get_object_or_404(model, pk=unquote(str(kwargs["pk"])))
            if not may_change(request.user, term):
                raise PermissionDenied
            if not may_publish(request.user, term):
                if name in PUBLISHING:
                    raise PermissionDenied
                if request.method == "POST" and name == "edit":
                    messages.error(request, _("Terms are published by the people responsible for the language."))
                    return redirect(request.path)
        return view(request, *args, **kwargs)

    # Without a name: addresses are made from Wagtail's own patterns, ours only answer first.
    return URLPattern(pattern.pattern, checked, pattern.default_args)


def _check_creation(request, model: type[TranslatableMixin]) -> None:
    """A new term is public at once, in the language that the address names."""
    code = request.GET.get("locale") or Locale.get_default().language_code
    get_object_or_404(Locale, language_code=code)
    if not policy_registry.get_by_type(model).user_has_permission(request.user, "add"):
        raise PermissionDenied
    if code not in languages_of(request.user, "publish"):
        raise PermissionDenied
