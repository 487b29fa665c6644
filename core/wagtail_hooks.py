from wagtail import hooks

from core import edit_conflicts, home_panel, rich_text, visibility

hooks.register("before_edit_page", edit_conflicts.refuse_stale_save, order=100)
hooks.register("before_move_page", visibility.refuse_forbidden_move)
hooks.register("construct_page_chooser_queryset", visibility.visible_pages)
hooks.register("construct_admin_api", visibility.narrow_admin_api, order=100)
hooks.register("register_rich_text_features", rich_text.link_in_readers_language, order=100)
hooks.register("construct_homepage_panels", home_panel.add_panel)
