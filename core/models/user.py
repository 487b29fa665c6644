from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """Somebody who works in the CMS. The public has no accounts."""

    email = models.EmailField(_("email address"), unique=True)
