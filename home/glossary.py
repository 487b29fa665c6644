"""The federation's vocabulary as the site brings it along."""

import tomllib
from pathlib import Path

from django.db import transaction

from translations.models import GlossaryTerm, GlossaryTranslation, SuppliedTerm
from translations.models.glossary import Rule, target_languages

FILE = Path(__file__).parent / "data" / "glossary.toml"


@transaction.atomic
def load_glossary() -> int:
    """Adds the terms that have never been here, and returns how many. What people changed or deleted stays so."""
    supplied = {term["term"]: term for term in tomllib.loads(FILE.read_text(encoding="utf-8"))["term"]}
    been_here = {*SuppliedTerm.objects.values_list("key", flat=True)}
    present = {*GlossaryTerm.objects.values_list("term", flat=True)}
    new = [name for name in supplied if name not in been_here | present]
    for name in new:
        _create(supplied[name])
    SuppliedTerm.objects.bulk_create(SuppliedTerm(key=name) for name in supplied if name not in been_here)
    return len(new)


def _create(data: dict) -> None:
    german = {name: data.get(name, "") for name in ("variants", "explanation", "instead")}
    term = GlossaryTerm.objects.create(term=data["term"], rule=data.get("rule", Rule.USE), **german)
    for code, _name in target_languages():
        if wording := data.get(code):
            fields = wording if isinstance(wording, dict) else {"text": wording}
            GlossaryTranslation.objects.create(glossary_term=term, language=code, **fields)
