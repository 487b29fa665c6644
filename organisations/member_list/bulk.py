"""Pages of organisations written many at once, each table once for all of them: one by one takes Wagtail hundreds of
queries for each.
"""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, OuterRef, Subquery
from django.db.models.functions import Cast
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import get_all_child_relations
from wagtail.models import Page, Revision
from wagtail.signals import page_published, published

from core.indexing import index_many
from organisations.models import OrganisationPage

CHILDREN = [relation.get_accessor_name() for relation in get_all_child_relations(OrganisationPage)]
MANY = [field.name for field in OrganisationPage._meta.local_many_to_many if isinstance(field, ParentalManyToManyField)]


def insert_children(name: str, pages: Sequence[OrganisationPage]) -> None:
    """Those that are not in the database yet."""
    rows = [(page, row) for page in pages for row in getattr(page, name).all() if row.pk is None]
    for page, row in rows:
        row.page_id = page.pk
    OrganisationPage._meta.get_field(name).related_model.objects.bulk_create(row for _page, row in rows)


def insert_terms(name: str, pages: Sequence[OrganisationPage]) -> None:
    through, own, other = links(name)
    through.objects.bulk_create(
        through(**{own: page.pk, other: term.pk}) for page in pages for term in getattr(page, name).all()
    )


def links(name: str) -> tuple:
    """The model between organisations and terms, and the columns of both."""
    field = OrganisationPage._meta.get_field(name)
    return field.remote_field.through, f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"


def insert_revisions(pages: Sequence[OrganisationPage], user, now: datetime) -> list[Revision]:
    """Of what the pages are now; it is their live version from here on."""
    own, base = (ContentType.objects.get_for_model(model) for model in (OrganisationPage, Page))
    revisions = Revision.objects.bulk_create(
        Revision(
            content_type=own,
            base_content_type=base,
            object_id=str(page.pk),
            created_at=now,
            user=user,
            object_str=str(page),
            content=page.serializable_data(),
        )
        for page in pages
    )
    for page, revision in zip(pages, revisions, strict=True):
        page.latest_revision = page.live_revision = revision
        page.last_published_at = page.latest_revision_created_at = now
    own_revisions = Revision.objects.filter(base_content_type=base, object_id=Cast(OuterRef("pk"), CharField()))
    newest = Subquery(own_revisions.order_by("-pk").values("pk")[:1])
    Page.objects.filter(pk__in=[page.pk for page in pages]).update(
        latest_revision=newest, live_revision=newest, last_published_at=now, latest_revision_created_at=now
    )
    return revisions


def announce(pages: Sequence[OrganisationPage], revisions: Sequence[Revision]) -> None:
    """To the search, and to whoever listens for what is published."""
    index_many(OrganisationPage, pages)
    for page, revision in zip(pages, revisions, strict=True):
        page_published.send(sender=OrganisationPage, instance=page, revision=revision)
        published.send(sender=OrganisationPage, instance=page, revision=revision)
