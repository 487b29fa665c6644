from wagtail import hooks

from core import edit_conflicts, visibility

hooks.register("before_edit_page", edit_conflicts.refuse_stale_save, order=100)
hooks.register("before_move_page", visibility.refuse_forbidden_move)
hooks.register("construct_page_chooser_queryset", visibility.visible_pages)
hooks.register("construct_admin_api", visibility.narrow_admin_api, order=100)
