from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from core import views as core_views
from core.routing import serve_page
from core.share_image.views import share_image
from home.sitemaps import sitemap

urlpatterns = [
    path("admin/", include("core.admin_urls")),
    path("admin/", include("translations.approval_urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("media/<path:path>", core_views.rendition_file, name="media"),
    path("sitemap.xml", sitemap),
    re_path(r"^teilen/(?P<pk>[0-9]{1,15})-(?P<wanted>[0-9a-f]{20})\.jpg$", share_image, name="share_image"),
    path("robots.txt", core_views.robots, name="robots"),
    path(".well-known/security.txt", core_views.security_txt, name="security_txt"),
    path("health/", core_views.health, name="health"),
    path("daten/", include("organisations.open_data.urls")),
]

if settings.DEBUG:
    urlpatterns.append(path("style-guide/", core_views.style_guide, name="style_guide"))

urlpatterns += i18n_patterns(
    path("", include("home.urls")),
    path("", include("news.urls")),
    path("", include("campaigns.urls")),
    path("", include("organisations.urls")),
    path("", include("translations.reader_urls")),
    re_path(r"^(?!(?:admin|documents|media|static|_util)/)((?:[\w\-]+/)*)$", serve_page, name="wagtail_serve"),
    path("", include(wagtail_urls)),
    prefix_default_language=True,
)

handler400 = "core.views.bad_request"
handler404 = "home.views.page_not_found"
handler500 = "core.views.server_error"
