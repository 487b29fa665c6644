from organisations.models.directory import DirectoryPage
from organisations.models.entry import DirectoryEntry, DirectoryVersion
from organisations.models.links import OrganisationLink, linked_organisations
from organisations.models.member_import import ImportRow, MemberImport
from organisations.models.network import NetworkPage
from organisations.models.office import OfficeRecord
from organisations.models.organisation import OpeningHours, OrganisationPage, SocialLink, SpokenLanguage
from organisations.models.places import PostalCode
from organisations.models.upkeep import ProfileLink, Proposal
from organisations.models.vocabulary import Service, TargetGroup, Task

__all__ = [
    "DirectoryEntry",
    "DirectoryPage",
    "DirectoryVersion",
    "ImportRow",
    "MemberImport",
    "NetworkPage",
    "OfficeRecord",
    "OpeningHours",
    "OrganisationLink",
    "OrganisationPage",
    "PostalCode",
    "ProfileLink",
    "Proposal",
    "Service",
    "SocialLink",
    "SpokenLanguage",
    "TargetGroup",
    "Task",
    "linked_organisations",
]
