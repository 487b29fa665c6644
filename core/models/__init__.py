from core.models.contact import Contact
from core.models.documents import SiteDocument
from core.models.images import SiteImage, SiteRendition
from core.models.mail import OutboxMail
from core.models.once import DoneOnce
from core.models.page import BasePage
from core.models.retention import RetentionRun
from core.models.user import User
from core.models.vocabulary import Term, Topic

__all__ = [
    "BasePage",
    "Contact",
    "DoneOnce",
    "OutboxMail",
    "RetentionRun",
    "SiteDocument",
    "SiteImage",
    "SiteRendition",
    "Term",
    "Topic",
    "User",
]
