from campaigns.models.campaign import CampaignIndexPage, CampaignPage
from campaigns.models.event import EventIndexPage, EventOrganisation, EventPage
from campaigns.models.project import FundingPeriod, ProjectIndexPage, ProjectPage, ProjectPartner

__all__ = [
    "CampaignIndexPage",
    "CampaignPage",
    "EventIndexPage",
    "EventOrganisation",
    "EventPage",
    "FundingPeriod",
    "ProjectIndexPage",
    "ProjectPage",
    "ProjectPartner",
]
