from wagtail import hooks

from campaigns.desk import group

hooks.register("register_admin_viewset", group.group)
