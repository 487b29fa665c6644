"""The pages every language's tree begins with, and what they are called in each language."""

from dataclasses import dataclass

from wagtail.models import Page

from campaigns.models import CampaignIndexPage, EventIndexPage, ProjectIndexPage
from news.models import NewsIndexPage
from organisations.models import DirectoryPage
from stories.models import StoryIndexPage

HOME_TITLES = {
    "de": "Bundesverband NeMO",
    "de-simple": "Bundes·verband NeMO",
    "en": "NeMO Federation",
    "tr": "NeMO Federal Birliği",
    "ru": "Федеральное объединение NeMO",
    "ar": "الرابطة الاتحادية NeMO",
    "pl": "Związek Federalny NeMO",
    "uk": "Федеральне об’єднання NeMO",
}


@dataclass(frozen=True)
class FirstPage:
    slug: str
    model: type[Page]
    titles: dict[str, str]
    show_in_menus: bool = True


INDEX_PAGES = [
    FirstPage(
        "aktuelles",
        NewsIndexPage,
        {
            "de": "Aktuelles",
            "de-simple": "Neues",
            "en": "News",
            "tr": "Haberler",
            "ru": "Новости",
            "ar": "الأخبار",
            "pl": "Aktualności",
            "uk": "Новини",
        },
    ),
    FirstPage(
        "projekte",
        ProjectIndexPage,
        {
            "de": "Projekte",
            "de-simple": "Projekte",
            "en": "Projects",
            "tr": "Projeler",
            "ru": "Проекты",
            "ar": "المشاريع",
            "pl": "Projekty",
            "uk": "Проєкти",
        },
    ),
    FirstPage(
        "kampagnen",
        CampaignIndexPage,
        {
            "de": "Kampagnen",
            "de-simple": "Kampagnen",
            "en": "Campaigns",
            "tr": "Kampanyalar",
            "ru": "Кампании",
            "ar": "الحملات",
            "pl": "Kampanie",
            "uk": "Кампанії",
        },
        show_in_menus=False,
    ),
    FirstPage(
        "organisationen",
        DirectoryPage,
        {
            "de": "Organisationen",
            "de-simple": "Vereine in Ihrer Nähe",
            "en": "Organisations",
            "tr": "Kuruluşlar",
            "ru": "Организации",
            "ar": "المنظمات",
            "pl": "Organizacje",
            "uk": "Організації",
        },
    ),
    FirstPage(
        "gute-praxis",
        StoryIndexPage,
        {
            "de": "Gute Praxis",
            "de-simple": "Gute Beispiele",
            "en": "Good practice",
            "tr": "İyi uygulamalar",
            "ru": "Хорошая практика",
            "ar": "ممارسات جيدة",
            "pl": "Dobre praktyki",
            "uk": "Добра практика",
        },
    ),
    FirstPage(
        "termine",
        EventIndexPage,
        {
            "de": "Termine",
            "de-simple": "Termine",
            "en": "Events",
            "tr": "Etkinlikler",
            "ru": "Мероприятия",
            "ar": "الفعاليات",
            "pl": "Wydarzenia",
            "uk": "Події",
        },
    ),
]
