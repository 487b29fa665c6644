from wagtail import hooks

from organisations import admin_urls, log_actions

hooks.register("register_admin_urls", admin_urls.admin_urls)
hooks.register("register_log_actions", log_actions.register)
