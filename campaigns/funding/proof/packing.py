"""The proof pack for the report to a funder: one ZIP with snapshots, tables and an index that needs no site.

The task worker makes it. One that was killed begins anew: nothing is there before all of it is.
"""

import logging
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.files.base import File
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.log_actions import log

from campaigns.funding.presentation import Presentation
from campaigns.funding.proof.contents import Part, parts
from campaigns.funding.proof.figures import figures
from campaigns.funding.proof.snapshots import self_contained, static_bytes
from campaigns.funding.proof.tables import tables
from campaigns.funding.proof.visitor import Visitor
from campaigns.models import ProjectPage, ProofPack
from core import leases
from core.addresses import absolute
from core.languages import SOURCE_LANGUAGE

logger = logging.getLogger(__name__)

ATTEMPTS = 3
KEPT = timedelta(days=30)


def unfinished() -> QuerySet[ProofPack]:
    return ProofPack.objects.filter(state=ProofPack.WAITING)


def order(project: ProjectPage, user) -> ProofPack:
    """A second click finds the pack that is being made."""
    with transaction.atomic():
        ProjectPage.objects.select_for_update().get(pk=project.pk)
        pack = unfinished().filter(project=project).first()
        if pack:
            return pack
        pack = ProofPack.objects.create(project=project, requested_by=user, lease_until=leases.waiting())
        log(instance=project, action="campaigns.proof_ordered", user=user, data={"pack": pack.pk})
    put_in_queue(pack)
    return pack


def put_in_queue(pack: ProofPack) -> None:
    from campaigns.funding.tasks import make_proof_pack

    if ticket := leases.ticket_to_queue(pack):
        make_proof_pack.enqueue(pack.pk, ticket.isoformat())


def make(pk: int, ticket: datetime | None = None) -> None:
    pack = leases.take(unfinished(), pk, ticket)
    if pack is None:
        return
    pack.attempts += 1
    pack.save(update_fields=["attempts"])
    try:
        with override(SOURCE_LANGUAGE), tempfile.TemporaryFile() as target:
            _write(pack, target)
            target.seek(0)
            name = pack.file.storage.save(f"proof/{get_random_string(32)}.zip", File(target))
    except Exception:
        logger.exception("Proof pack %s failed", pk)
        if pack.attempts >= ATTEMPTS:
            unfinished().filter(pk=pk).update(state=ProofPack.FAILED, lease_until=None, finished_at=timezone.now())
        return
    finished = {"state": ProofPack.DONE, "file": name, "finished_at": timezone.now(), "lease_until": None}
    if not unfinished().filter(pk=pk).update(**finished):
        pack.file.storage.delete(name)


def _write(pack: ProofPack, target) -> None:
    project = ProjectPage.objects.get(pk=pack.project_id)
    everything = parts(project)
    leases.renew(unfinished(), pack.pk, total=len(everything), done=0)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        seen = []
        for number, (part, html) in enumerate(_snapshots(everything), start=1):
            if html:
                archive.writestr(part.name, html)
                seen.append(part)
            leases.renew(unfinished(), pack.pk, done=number)
        for name, content in tables(project, seen).items():
            archive.writestr(name, content)
        for item in project.materials.select_related("document"):
            _add_material(archive, item)
        archive.writestr("index.html", _index(project, seen))
        archive.writestr("nachweis.css", static_bytes("css/proof.css"))


def _snapshots(everything: list[Part]) -> Iterator[tuple[Part, str | None]]:
    visitor = Visitor()
    for part in everything:
        html = visitor.see(part.address)
        note = _("Snapshot of %(address)s, taken on %(time)s") % {
            "address": absolute(part.page, part.language),
            "time": f"{timezone.localtime():%d.%m.%Y %H:%M}",
        }
        yield part, html and self_contained(html, note)


def _add_material(archive: zipfile.ZipFile, item) -> None:
    """A file that is gone is listed all the same, and does not spoil the rest."""
    try:
        with item.document.file.open("rb") as file:
            archive.writestr(f"materialien/{item.pk}-{item.document.filename}", file.read())
    except OSError:
        logger.warning("The file of material %s is gone", item.pk)


def _index(project: ProjectPage, seen: list[Part]) -> str:
    context = {
        "project": project,
        "view": Presentation(project),
        "parts": seen,
        "figures": [*figures(project)],
        "materials": [*project.materials.select_related("document").order_by("date", "pk")],
        "address": absolute(project, SOURCE_LANGUAGE),
        "now": timezone.localtime(),
    }
    return render_to_string("campaigns/proof/index.html", context)


def file_name(pack: ProofPack) -> str:
    return f"nachweis-{pack.project.slug}-{timezone.localtime(pack.requested_at):%Y-%m-%d}.zip"


def resume() -> int:
    """Packs whose worker was killed go on; those that failed often are given up."""
    abandoned = [*leases.abandoned(unfinished())]
    for pack in abandoned:
        if pack.attempts >= ATTEMPTS:
            unfinished().filter(pk=pack.pk).update(state=ProofPack.FAILED, lease_until=None)
        else:
            put_in_queue(pack)
    return len(abandoned)


def purge() -> int:
    """Old packs with their files; a new one is made at any time."""
    old = [*ProofPack.objects.filter(requested_at__lt=timezone.now() - KEPT)]
    for pack in old:
        if pack.file:
            pack.file.delete(save=False)
        pack.delete()
    return len(old)
