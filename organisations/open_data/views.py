from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from core.languages import SOURCE_LANGUAGE
from organisations.directory_search import RADII
from organisations.facets import FACETS, options
from organisations.index import OPEN_DATA, SERVICE, directory_index
from organisations.models import DirectoryEntry
from organisations.open_data import formats, hsds, licence, openapi
from organisations.open_data.answers import error, for_everybody, json, open_data, stream
from organisations.open_data.fields import FIELDS
from organisations.open_data.formats import by_pk, records_of
from organisations.open_data.parameters import Fault, Refused
from organisations.open_data.selection import VERSION, Selection

FORMATS = ("json", "csv", "geojson")


@require_safe
def documentation(request: HttpRequest):
    """Written by hand, in German, for people in town halls."""
    with override(SOURCE_LANGUAGE):
        index = directory_index()
        context = {
            "base": settings.BASE_URL,
            "count": index.having(OPEN_DATA, [True]).bit_count(),
            "fields": FIELDS,
            "values": {name: options(name, index, SOURCE_LANGUAGE) for name in FACETS},
            "radii": RADII,
            "licence": licence,
            "attribution": licence.attribution(index.today),
            "version": VERSION,
            "german": SOURCE_LANGUAGE,
        }
        return render(request, "organisations/open_data.html", context)


@open_data
def organisations(request: HttpRequest, selection: Selection, extension: str):
    if extension not in FORMATS:
        raise Refused(Fault("format", _("There is JSON, CSV and GeoJSON: organisationen.json, .csv, .geojson.")))
    if extension == "json":
        page = formats.page(request, selection)
        return json(page, {"next": page["next"], "prev": page["previous"]})
    items = selection.page if selection.parameters.is_paged else selection.items
    name = formats.file_name(extension, selection.index.today)
    if extension == "csv":
        return stream(request, formats.csv_lines(selection, items), "text/csv; charset=utf-8", name)
    return stream(request, formats.geojson(selection, items), "application/geo+json", name)


@require_safe
def description(request: HttpRequest):
    return for_everybody(request, json(openapi.document()))


@require_safe
def hsds_api(request: HttpRequest):
    base = f"{settings.BASE_URL}/daten/"
    about = {"version": hsds.VERSION, "profile": base, "openapi_url": f"{base}openapi.json"}
    return for_everybody(
        request, json(about | {"publisher": {"name": licence.PUBLISHER, "website": settings.BASE_URL}})
    )


@open_data
def hsds_organisations(request: HttpRequest, selection: Selection):
    items = [pk for _key, pk in selection.items if pk]
    found = records_of(selection, selection.cut(items))
    contents = [hsds.organisation(record, selection.parameters.is_full) for record in found]
    return _hsds_page(request, selection, items, contents)


@open_data
def hsds_services(request: HttpRequest, selection: Selection):
    """Where services were asked for, only those; the organisation may offer others, too."""
    wanted = selection.search.keys[SERVICE]
    items = [
        (pk, key)
        for _key, pk in selection.items
        if pk
        for key in sorted(selection.index.keys(pk, SERVICE))
        if not wanted or key in wanted
    ]
    part = selection.cut(items)
    found = by_pk(selection, {pk for pk, _key in part})
    contents = [
        hsds.service(found[pk], key, selection.parameters.is_full)
        for pk, key in part
        if pk in found and key in {term["key"] for term in found[pk]["services"]}
    ]
    return _hsds_page(request, selection, items, contents)


@open_data
def hsds_organisation(request: HttpRequest, selection: Selection, key: UUID):
    pk = DirectoryEntry.objects.filter(key=key).values_list("organisation_id", flat=True).first()
    found = records_of(selection, [pk] if pk else [])
    return json(hsds.organisation(found[0], full=True)) if found else _nobody()


@open_data
def hsds_service(request: HttpRequest, selection: Selection, key: UUID):
    """The id of a service holds that of its organisation, hidden by the key of the service: all keys are tried."""
    by_organisation = {hsds.service_id(key, name): name for name in map(str, selection.index.values(SERVICE))}
    entries = DirectoryEntry.objects.filter(key__in=by_organisation, organisation__isnull=False)
    for organisation, pk in entries.values_list("key", "organisation_id"):
        for record in records_of(selection, [pk]):
            if by_organisation[organisation] in {term["key"] for term in record["services"]}:
                return json(hsds.service(record, by_organisation[organisation], full=True))
    return _nobody()


def _hsds_page(request: HttpRequest, selection: Selection, items: list, contents: list[dict]):
    links = formats.links(request, selection, items)
    page = hsds.page(selection, items, contents) | licence.terms(selection.index.today)
    return json(page, {"next": links["next"], "prev": links["previous"]})


def _nobody():
    return error(404, [("id", _("Nobody of this id is part of the open data."))])
