"""What the translation desk holds on people; see core.personal_data and core.retention."""

from core.mentions import naming
from core.personal_data import Holding
from core.retention import Rule
from translations import demand, reader_notes
from translations.models import EasyText, Provenance, ReaderNote, Release

HOLDINGS = [Holding(ReaderNote, lambda address: naming(ReaderNote, ["text"], address))]
RULES = [Rule("readers' notes", reader_notes.forget_old), Rule("readers' wishes", demand.forget_old)]
EXPLAINED = {
    EasyText: "Digests of texts on the site.",
    Release: "The name of a release that somebody plans.",
    Provenance: "A digest of texts on the site.",
}
