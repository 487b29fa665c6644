from wagtail import hooks

from campaigns import deleting, launch_check
from campaigns.desk import group, home_panel, log_actions, moderation, staff, urls
from campaigns.events import admin_urls as event_urls
from campaigns.events import desk as event_desk
from campaigns.funding import admin_views as funding
from campaigns.funding import ends_panel, logos
from campaigns.newsletter.issues import urls as issue_urls
from campaigns.newsletter.issues import viewset as issue_viewset
from campaigns.share_kit import press_access, press_links
from campaigns.updates import screen as update_screen

hooks.register("register_admin_viewset", group.group)
hooks.register("register_admin_urls", urls.admin_urls)
hooks.register("register_log_actions", log_actions.register)
hooks.register("register_page_header_buttons", staff.page_buttons)
hooks.register("after_publish_page", launch_check.tell)
hooks.register("construct_homepage_panels", home_panel.add_panel)
for action in (moderation.ApproveAction, moderation.RejectAction, moderation.HideNameAction):
    hooks.register("register_bulk_action", action)
hooks.register("register_admin_urls", press_links.admin_urls)
hooks.register("before_serve_document", press_access.refuse_closed_file)
hooks.register("register_admin_viewset", issue_viewset.viewset)
hooks.register("register_admin_urls", issue_urls.admin_urls)

hooks.register("register_admin_urls", funding.admin_urls)
hooks.register("register_log_actions", funding.log_actions)
hooks.register("register_page_header_buttons", funding.page_buttons)
hooks.register("construct_homepage_panels", ends_panel.add_panel)
hooks.register("before_delete_page", deleting.before_delete_page)
hooks.register("before_bulk_action", deleting.before_bulk_action)
hooks.register("before_bulk_action", logos.before_bulk_action)
hooks.register("register_admin_urls", logos.admin_urls, order=-100)
hooks.register("register_admin_urls", event_urls.admin_urls)
hooks.register("register_page_header_buttons", event_desk.page_buttons)
hooks.register("register_log_actions", event_desk.log_actions)
hooks.register("register_admin_urls", update_screen.admin_urls)
hooks.register("register_page_header_buttons", update_screen.page_buttons)
