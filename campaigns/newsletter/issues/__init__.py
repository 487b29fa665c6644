"""Issues of the newsletter: written in the CMS, shown and sent in every language. See docs/newsletter.md.

`contents` finds what an issue tells of, `rendering` makes mails of it, `sending` says to whom; how mail to many people
is sent stands in campaigns/mailing/.
"""
