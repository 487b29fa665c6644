from campaigns.models.campaign import CampaignIndexPage, CampaignPage
from campaigns.models.desk import DayFigures, Export, Responsibility
from campaigns.models.event import EventOrganisation, EventPage, InterpretedLanguage
from campaigns.models.event_date import EventDate
from campaigns.models.event_index import EventIndexPage
from campaigns.models.event_time import DayLeftOut, ExtraDate
from campaigns.models.funding import FundingPeriod, FundingTask
from campaigns.models.mailing import Delivery, Mailing, MailingText
from campaigns.models.material import ProjectMaterial
from campaigns.models.motif import Motif
from campaigns.models.newsletter_issue import NewsletterIssue, NewsletterItem, NewsletterTranslation
from campaigns.models.newsletter_page import NewsletterPage
from campaigns.models.opt_in import ConsentText, KeptOut, MailSent
from campaigns.models.paper_batch import PaperBatch
from campaigns.models.press_kit import PressFile, PressKitPage, PressLink, PressPicture
from campaigns.models.project import ProjectIndexPage, ProjectPage, ProjectPartner
from campaigns.models.proof_pack import ProofPack
from campaigns.models.registration import Registration, RegistrationLink, Turnout
from campaigns.models.sign_up import SignUp, SignUpLink, Tally
from campaigns.models.subscriber import Departure, Subscriber, SubscriberLink
from campaigns.models.update import CampaignUpdatePage
from campaigns.models.way_to_help import WayToHelp

__all__ = [
    "CampaignIndexPage",
    "CampaignPage",
    "CampaignUpdatePage",
    "ConsentText",
    "DayFigures",
    "DayLeftOut",
    "Delivery",
    "Departure",
    "EventDate",
    "EventIndexPage",
    "EventOrganisation",
    "EventPage",
    "Export",
    "ExtraDate",
    "FundingPeriod",
    "FundingTask",
    "InterpretedLanguage",
    "KeptOut",
    "MailSent",
    "Mailing",
    "MailingText",
    "Motif",
    "NewsletterIssue",
    "NewsletterItem",
    "NewsletterPage",
    "NewsletterTranslation",
    "PaperBatch",
    "PressFile",
    "PressKitPage",
    "PressLink",
    "PressPicture",
    "ProjectIndexPage",
    "ProjectMaterial",
    "ProjectPage",
    "ProjectPartner",
    "ProofPack",
    "Registration",
    "RegistrationLink",
    "Responsibility",
    "SignUp",
    "SignUpLink",
    "Subscriber",
    "SubscriberLink",
    "Tally",
    "Turnout",
    "WayToHelp",
]
