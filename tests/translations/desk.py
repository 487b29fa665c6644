"""A desk with work on it, made once for a module: everything a test changes is rolled back."""

from types import SimpleNamespace

from core.models import User
from tests.translations import small_site
from tests.translations.work import in_work


class People(dict):
    """Users by role, fresh each time: permissions are remembered on the object."""

    def __missing__(self, role):
        return User.objects.get(username=role)


def made() -> SimpleNamespace:
    """About us is complete in Arabic and begun in Turkish, the news is begun in Arabic."""
    site = small_site.site()
    work = in_work(site, small_site.people())
    work.user = People()
    work.cell = lambda slug, code="ar": (site.pages[slug].translation_key, site.locales[code].pk)
    return work


def name(cell) -> str:
    """As forms name it."""
    return ":".join(map(str, cell))
