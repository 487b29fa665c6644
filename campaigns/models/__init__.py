from campaigns.models.campaign import CampaignIndexPage, CampaignPage
from campaigns.models.event import EventIndexPage, EventOrganisation, EventPage
from campaigns.models.event_date import EventDate
from campaigns.models.opt_in import ConsentText, KeptOut, MailSent
from campaigns.models.project import FundingPeriod, ProjectIndexPage, ProjectPage, ProjectPartner
from campaigns.models.sign_up import SignUp, SignUpLink, Tally

__all__ = [
    "CampaignIndexPage",
    "CampaignPage",
    "ConsentText",
    "EventDate",
    "EventIndexPage",
    "EventOrganisation",
    "EventPage",
    "FundingPeriod",
    "KeptOut",
    "MailSent",
    "ProjectIndexPage",
    "ProjectPage",
    "ProjectPartner",
    "SignUp",
    "SignUpLink",
    "Tally",
]
