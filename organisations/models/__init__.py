from organisations.models.directory import DirectoryPage
from organisations.models.links import OrganisationLink, linked_organisations
from organisations.models.network import NetworkPage
from organisations.models.organisation import OpeningHours, OrganisationPage, SocialLink, SpokenLanguage
from organisations.models.vocabulary import Service, TargetGroup, Task

__all__ = [
    "DirectoryPage",
    "NetworkPage",
    "OpeningHours",
    "OrganisationLink",
    "OrganisationPage",
    "Service",
    "SocialLink",
    "SpokenLanguage",
    "TargetGroup",
    "Task",
    "linked_organisations",
]
