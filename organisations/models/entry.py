"""What the public may know about where an organisation is and how current its profile is.

Written by `organisations.safety.release_many` and by nobody else: whatever stands here is coarsened already, so neither
list nor map, search, export or JSON-LD can tell more. It is no part of the page, so no revision holds it either.
"""

import uuid

from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.states import STATES

EXACT, DISTRICT, TOWN, FORM_ONLY = "exact", "district", "town", "form"
PRECISIONS = [
    (EXACT, _("exact address")),
    (DISTRICT, _("district: postal code and place")),
    (TOWN, _("town only")),
    (FORM_ONLY, _("no address, contact by form only")),
]


class DirectoryVersion(models.Model):
    """One row that counts changes of the directory. Taking a number locks it until the change is committed."""

    number = models.PositiveBigIntegerField(default=0)

    @classmethod
    def next(cls) -> int:
        """Call in a transaction: then numbers become visible in their order, and no reader misses one."""
        if not cls.objects.filter(pk=1).update(number=F("number") + 1):
            cls.objects.get_or_create(pk=1)
            cls.objects.filter(pk=1).update(number=F("number") + 1)
        return cls.current()

    @classmethod
    def current(cls) -> int:
        return cls.objects.filter(pk=1).values_list("number", flat=True).first() or 0


class DirectoryEntry(models.Model):
    """Outlives its organisation, so that whoever follows changes learns what is gone."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.OneToOneField(
        "organisations.OrganisationPage", null=True, on_delete=models.SET_NULL, related_name="entry"
    )
    number = models.PositiveBigIntegerField(db_index=True)
    changed_at = models.DateTimeField(default=timezone.now, db_index=True)

    precision = models.CharField(max_length=10, choices=PRECISIONS, default=FORM_ONLY)
    street = models.CharField(max_length=120, blank=True)
    postal_code = models.CharField(max_length=5, blank=True, db_index=True)
    place = models.CharField(max_length=80, blank=True)
    municipality = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=2, choices=STATES, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    phone = models.CharField(max_length=40, blank=True)
    confirmed_on = models.DateField(null=True)
    due_on = models.DateField()
    open_data = models.BooleanField(default=False)
    # Then those who follow the open data must be told when it goes.
    was_open_data = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["latitude", "longitude"], name="entry_position")]

    def __str__(self):
        return str(self.key)

    @property
    def shown_place(self) -> str:
        """The address on one line, as far as it is public."""
        town = f"{self.postal_code} {self.place}".strip()
        return ", ".join(part for part in (self.street, town) if part)

    @property
    def is_overdue(self) -> bool:
        """Whether it should have been confirmed anew by now."""
        return self.due_on < timezone.localdate()
