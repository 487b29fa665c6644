"""Coordinates within Germany, WGS 84, five decimals (about a metre)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models


class LatitudeField(models.DecimalField):
    def __init__(self, *args, **kwargs):
        limits = [MinValueValidator(47), MaxValueValidator(56)]
        super().__init__(
            *args, **{"max_digits": 8, "decimal_places": 5, "null": True, "blank": True, "validators": limits, **kwargs}
        )


class LongitudeField(models.DecimalField):
    def __init__(self, *args, **kwargs):
        limits = [MinValueValidator(5), MaxValueValidator(16)]
        super().__init__(
            *args, **{"max_digits": 8, "decimal_places": 5, "null": True, "blank": True, "validators": limits, **kwargs}
        )
