from wagtail import hooks

from organisations import admin_urls, bulk_actions, home_panel, log_actions, menus

hooks.register("register_admin_urls", admin_urls.admin_urls)
hooks.register("register_admin_menu_item", menus.organisations_item)
hooks.register("register_admin_menu_item", menus.member_list_item)
hooks.register("register_log_actions", log_actions.register)
hooks.register("register_bulk_action", bulk_actions.RemindAction)
hooks.register("register_bulk_action", bulk_actions.ConfirmAction)
hooks.register("register_bulk_action", bulk_actions.ExportAction)
hooks.register("construct_homepage_panels", home_panel.add_panel)
