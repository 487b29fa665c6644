"""An address of every page type of the sample site, of the views that are no pages, and of some states of both."""

# One in each direction of writing. In the other languages one address of each kind says enough.
THOROUGHLY = ("de", "ar")
PLACES = {
    "HomePage": "",
    "ContentPage": "ueber-uns/",
    "ContentPage, legal": "barrierefreiheit/",
    "ContentPage, every block": "alle-bausteine/",
    "NewsIndexPage": "aktuelles/",
    "NewsPage": "aktuelles/mehr-verbindlichkeit/",
    "NewsPage, German only": "aktuelles/drei-wege/",
    "ProjectIndexPage": "projekte/",
    "ProjectPage": "projekte/kiwit/",
    "CampaignIndexPage": "kampagnen/",
    "CampaignPage": "kampagnen/mehr-verbindlichkeit/",
    "CampaignPage, letter": "kampagnen/brief-an-die-stadt/",
    "CampaignPage, ended": "kampagnen/sitz-und-stimme/",
    "CampaignUpdatePage": "kampagnen/mehr-verbindlichkeit/erste-liste-gezaehlt/",
    "PressKitPage": "kampagnen/mehr-verbindlichkeit/presse/",
    "picture to share": "kampagnen/mehr-verbindlichkeit/bild/",
    "sign-up, form": "kampagnen/mehr-verbindlichkeit/mitmachen/",
    "sign-up, sent": "kampagnen/mehr-verbindlichkeit/mitmachen/gesendet/",
    "EventIndexPage": "termine/",
    "EventPage": "termine/werkstatt-zusammenarbeit/",
    "DirectoryPage": "organisationen/",
    "DirectoryPage, nothing found": "organisationen/?q=xyzzy",
    "NetworkPage": "organisationen/beispielverbund-bochum/",
    "OrganisationPage": "organisationen/beispielverbund-bochum/beispielverein-brueckenschlag-bochum/",
    "StoryIndexPage": "gute-praxis/",
    "StoryPage": "gute-praxis/haus-der-kulturen-braunschweig/",
    "NewsletterPage": "newsletter/",
    "newsletter, form": "newsletter/anmelden/",
    "newsletter, almost done": "newsletter/anmelden/gesendet/",
    "newsletter, all issues": "newsletter/archiv/",
    "newsletter, an issue": "newsletter/beispielausgabe-was-sich-in-den-verbunden-tut-1/",
    "search": "suche/",
    "search, with results": "suche/?q=Demokratie",
    "not found": "gibt-es-nicht/",
}


def places(language: str) -> dict[str, str]:
    return {name: path for name, path in PLACES.items() if language in THOROUGHLY or "," not in name}
