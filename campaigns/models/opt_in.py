"""Double opt-in: somebody fills in a form, and nothing counts before they have pressed the button behind their mail.

What all kinds of it share: the text agreed to, links, limits for mail, and addresses that want no more of it.
"""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.languages import LANGUAGE_NAMES

LANGUAGES = list(LANGUAGE_NAMES.items())


class ConsentText(models.Model):
    """What people agreed to, word for word, for as long as somebody's agreement is kept.

    `page` is the campaign or event with the form; the newsletter has none.
    """

    page = models.ForeignKey("wagtailcore.Page", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(_("language"), max_length=12, choices=LANGUAGES)
    text = models.TextField(_("text"))
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(_("first shown"), default=timezone.now)

    class Meta:
        verbose_name = _("consent text")
        verbose_name_plural = _("consent texts")
        constraints = [
            models.UniqueConstraint(fields=["page", "language", "digest"], name="one_row_per_consent_text"),
            models.UniqueConstraint(
                fields=["language", "digest"], condition=Q(page=None), name="one_row_per_newsletter_consent_text"
            ),
        ]

    def __str__(self):
        return self.text[:80]


class KeptOut(models.Model):
    """An address that withdrew or said "that was not me": a keyed hash, so that it is left alone.

    `page` is the campaign or event with the form; the newsletter has none.
    """

    page = models.ForeignKey("wagtailcore.Page", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    address = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "address"], name="kept_out_once"),
            models.UniqueConstraint(fields=["address"], condition=Q(page=None), name="kept_out_of_the_newsletter_once"),
        ]

    def __str__(self):
        return str(self.page_id)


class MailSent(models.Model):
    """That an address got a mail somebody asked for with a form: a keyed hash, for a day."""

    address = models.CharField(max_length=64)
    form = models.CharField(max_length=64)
    sent_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        indexes = [models.Index(fields=["address", "sent_at"], name="mails_sent_to_an_address")]

    def __str__(self):
        return self.form


class OptInQuerySet(models.QuerySet):
    def confirmed(self):
        return self.filter(confirmed_at__isnull=False)

    def pending(self):
        return self.filter(confirmed_at=None)


class OptIn(models.Model):
    """Somebody from the first post until the day they are deleted. No network address is kept.

    `email_key` is the normalised address: at most one row for each in what they take part in.
    """

    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("email"), max_length=254)
    email_key = models.CharField(max_length=254, editable=False)
    language = models.CharField(_("language"), max_length=12, choices=LANGUAGES)
    consent = models.ForeignKey(
        ConsentText, verbose_name=_("agreed to"), on_delete=models.RESTRICT, related_name="%(class)s_set"
    )
    requested_at = models.DateTimeField(_("asked for"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)

    objects = OptInQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self):
        return self.name


class OptInLink(models.Model):
    """A link sent to somebody: confirms once, until `expires_at`; withdraws for as long as they are kept.

    Each kind has its own, with a foreign key `owner` whose `related_name` is `links`.
    """

    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.owner_id}: {self.expires_at}"
