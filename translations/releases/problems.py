"""Why a release cannot go live: kept as codes, so that everybody reads them in their own language."""

from dataclasses import asdict, dataclass, field

from django.utils.translation import gettext_lazy as _

from core.languages import LANGUAGE_NAMES, SOURCE_LANGUAGE

REASONS = {
    "empty": _("There is no page in the release."),
    "deleted": _("The German page was deleted. Remove it from the release."),
    "offline": _("The German page is not public, and no draft was chosen to go live."),
    "draft gone": _("The draft that was chosen no longer exists. Choose again."),
    "own date": _("The German page has a date of its own: it goes live on %(date)s."),
    "expired": _("The German page has expired on %(date)s by its own settings."),
    "german locked": _("The German page is locked."),
    "rights": _("%(name)s may not publish this German page any more."),
    "not requested": _("Not in translation yet."),
    "missing": _("Texts that are not translated yet: %(count)s"),
    "check": _("%(place)s: %(text)s"),
    "not ready": _("Nobody responsible for the language has called it ready yet."),
    "changed": _("It was changed after it had been called ready."),
    "locked": _("The page is locked."),
    "refused": _("%(text)s"),
    "technical": _("A technical fault, several times in a row. The technical staff finds it in the log."),
}


@dataclass(frozen=True)
class Problem:
    code: str
    page: str = ""
    language: str = ""
    details: dict = field(default_factory=dict)

    as_dict = asdict

    @property
    def reason(self) -> str:
        return str(REASONS[self.code]) % self.details

    @property
    def is_for_leads(self) -> bool:
        """Whether the people of the language know the page and can do something about it."""
        return self.language not in ("", SOURCE_LANGUAGE) and self.code != "not requested"

    @property
    def language_name(self) -> str:
        return LANGUAGE_NAMES.get(self.language, self.language)


def read(rows: list[dict]) -> list[Problem]:
    return [Problem(**row) for row in rows]
