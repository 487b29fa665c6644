from wagtail import hooks

from campaigns.desk import group, log_actions, staff, urls

hooks.register("register_admin_viewset", group.group)
hooks.register("register_admin_urls", urls.admin_urls)
hooks.register("register_log_actions", log_actions.register)
hooks.register("register_page_header_buttons", staff.page_buttons)
