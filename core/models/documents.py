from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document


class SiteDocument(AbstractDocument):
    """A download; uploads are checked in core.documents."""

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", "Can choose document")]
