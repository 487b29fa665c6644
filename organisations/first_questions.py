"""What the home page asks somebody who looks for help: what for, in which language, where."""

from core.languages import SOURCE_LANGUAGE, base, reader_language
from core.listing import Choice, Filter
from organisations.facets import LABELS, options
from organisations.index import LANGUAGE, SERVICE, directory_index


def first_questions() -> list[Filter]:
    """The reader's own language is chosen already where somebody speaks it. German goes without saying."""
    language, index = reader_language(), directory_index()
    own = base(language) if base(language) != SOURCE_LANGUAGE else ""
    questions = []
    for name in (SERVICE, LANGUAGE):
        used = [label for label in options(name, index, language) if (name, label.key) in index.sets]
        choices = [Choice(label.key, label.text, label.language, label.key == own) for label in used]
        questions.append(Filter(name, LABELS[name], choices))
    return questions
