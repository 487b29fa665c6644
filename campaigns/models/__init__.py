from campaigns.models.campaign import CampaignIndexPage, CampaignPage
from campaigns.models.event import EventIndexPage, EventPage
from campaigns.models.project import FundingPeriod, ProjectIndexPage, ProjectPage, ProjectPartner

__all__ = [
    "CampaignIndexPage",
    "CampaignPage",
    "EventIndexPage",
    "EventPage",
    "FundingPeriod",
    "ProjectIndexPage",
    "ProjectPage",
    "ProjectPartner",
]
