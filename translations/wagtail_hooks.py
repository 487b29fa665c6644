from wagtail import hooks
from wagtail.contrib.settings.registry import register_setting
from wagtail.snippets.models import register_snippet

from translations import deleting, gaps, menus, urls
from translations.easy import panel
from translations.inbox import account, home_panel
from translations.inbox import menus as inbox_menus
from translations.models import EasySettings
from translations.releases import menus as release_menus
from translations.views import editing, editor, publish
from translations.viewsets import GlossaryViewSet

# Before wagtail-localize, so that our rights are asked first.
FIRST = -100

hooks.register("register_admin_urls", urls.admin_urls, order=FIRST)
hooks.register("before_edit_page", editor.before_edit_page, order=FIRST)
hooks.register("before_edit_snippet", editor.before_edit_snippet, order=FIRST)
# Last, because it answers itself.
hooks.register("before_edit_page", panel.before_edit_page, order=1000)
hooks.register("after_publish_page", panel.after_publish_page)
hooks.register("before_bulk_action", publish.before_bulk_action)
for hook in ("before_edit_page", "before_edit_snippet"):
    hooks.register(hook, editing.before_publishing, order=FIRST - 1)
    hooks.register(hook, editing.before_edit, order=FIRST + 1)
hooks.register("before_convert_alias_page", editor.before_convert_alias_page)
hooks.register("before_move_page", editor.before_move_page)
hooks.register("before_delete_page", deleting.before_delete_page)
hooks.register("before_delete_snippet", deleting.before_delete_snippet)

hooks.register("on_serve_page", gaps.mark_served)

hooks.register("register_admin_menu_item", menus.translations_item)
hooks.register("register_translation_menu_item", menus.board_item)
hooks.register("register_translation_menu_item", inbox_menus.inbox_item)
hooks.register("register_translation_menu_item", menus.terms_item)
hooks.register("register_translation_menu_item", menus.machine_item)
hooks.register("register_translation_menu_item", menus.easy_language_item)
hooks.register("register_translation_menu_item", menus.jobs_item)
hooks.register("register_translation_menu_item", release_menus.releases_item)
hooks.register("register_translation_menu_item", release_menus.files_item)
hooks.register("construct_homepage_panels", home_panel.add_panel)
hooks.register("register_account_settings_panel", account.DigestPanel)
hooks.register("construct_reports_menu", menus.without_second_report)
hooks.register("construct_page_action_menu", menus.without_alias)
hooks.register("register_page_header_buttons", menus.page_buttons)
hooks.register("register_page_header_buttons", release_menus.page_buttons)
hooks.register("register_page_listing_more_buttons", release_menus.page_buttons)

register_setting(EasySettings, icon="openquote")
register_snippet(GlossaryViewSet)
