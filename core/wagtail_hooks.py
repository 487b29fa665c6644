from wagtail import hooks

from core import edit_conflicts, home_panel, publishing_gate, rich_text, visibility

hooks.register("before_edit_page", edit_conflicts.refuse_stale_save, order=100)
# After the conflict, so that nobody's text is judged who has to choose first.
hooks.register("before_edit_page", publishing_gate.refuse_unready_approval, order=110)
hooks.register("before_publish_page", publishing_gate.refuse_unready)
hooks.register("before_copy_page", publishing_gate.refuse_unready_copy)
hooks.register("before_move_page", visibility.refuse_forbidden_move)
hooks.register("construct_page_chooser_queryset", visibility.visible_pages)
hooks.register("construct_admin_api", visibility.narrow_admin_api, order=100)
hooks.register("register_rich_text_features", rich_text.link_in_readers_language, order=100)
hooks.register("construct_homepage_panels", home_panel.add_panel)
