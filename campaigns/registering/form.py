from django import forms
from django.utils.html import format_html
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from campaigns.blocks import SEVERAL, YES_NO
from campaigns.models import EventPage, Registration
from campaigns.opt_in.form import OptInForm
from campaigns.registering.questions import Question, Words, questions
from core.languages import SOURCE_LANGUAGE, reader_language
from core.typed_text import plain_text
from organisations.languages import language_name

SIGN_LANGUAGE = "gsg"
MOST_CHILDREN = 6
NEEDS = {
    "step_free": _("A way without steps"),
    "wheelchair": _("A place for a wheelchair"),
    "assistant": _("A place for my assistant"),
    "hearing": _("A seat from which I hear and see well"),
    "large_print": _("Papers in large print"),
    "easy": _("Papers in easy language"),
}


class RegistrationForm(OptInForm):
    """Who comes to one date of an event, how many they are, and what they need and choose."""

    people = forms.TypedChoiceField(label=_("How many of you come?"), coerce=int)
    interpreting = forms.MultipleChoiceField(
        label=_("I need interpreting into"), required=False, widget=forms.CheckboxSelectMultiple
    )
    children = forms.TypedChoiceField(
        label=_("How many children shall we look after?"), coerce=int, empty_value=0, required=False
    )
    needs = forms.MultipleChoiceField(
        label=_("What helps me to take part"),
        required=False,
        choices=NEEDS.items(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only if you like. We use it for this event only and delete it with your registration."),
    )
    note = forms.CharField(
        label=_("Note to the organisers (if you like)"),
        required=False,
        max_length=500,
        help_text=_("In any language. Please write nothing about your health."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(self, page: EventPage, data=None):
        own = page.registration_consent.strip()
        super().__init__(
            data,
            page=page.facts,
            consent_text=own or usual_consent(),
            language=page.text_language if own else reader_language(),
        )
        self.fields["email"].help_text = _("We send you a link with which you confirm. Only the organisers see it.")
        self.fields["consent"].error_messages["required"] = _("Without your consent we may not keep a place for you.")
        self._offer(page.facts)
        self.questions = questions(page)
        for question in self.questions:
            self.fields[_name(question)] = _field(question)

    @property
    def own_questions(self) -> list:
        return [self[_name(question)] for question in self.questions]

    def _offer(self, event: EventPage) -> None:
        """What this event does not offer or ask for is no field at all."""
        if event.largest_group > 1:
            self.fields["people"].choices = _people(event.largest_group)
        else:
            del self.fields["people"]
        spoken = spoken_languages(event)
        if event.asks_for_needs and spoken:
            self.fields["interpreting"].choices = [(code, language_name(code, get_language())) for code in spoken]
        else:
            del self.fields["interpreting"]
        if event.asks_for_needs and event.childcare:
            self.fields["children"].choices = _children()
        else:
            del self.fields["children"]
        if not event.asks_for_needs:
            del self.fields["needs"]
        if not event.asks_for_note:
            del self.fields["note"]

    def clean_note(self) -> str:
        return plain_text(self.cleaned_data["note"]) if self.cleaned_data["note"].strip() else ""

    def values(self) -> dict:
        """What of the valid form is kept, by field of the registration."""
        typed = self.cleaned_data
        return {
            "name": typed["name"],
            "email": typed["email"],
            "consent": self.agreed_to,
            "people": typed.get("people", 1),
            "interpreting": typed.get("interpreting", []),
            "children": typed.get("children", 0),
            "needs": typed.get("needs", []),
            "note": typed.get("note", ""),
            "answers": [question.answer(chosen) for question in self.questions if (chosen := self._chosen(question))],
        }

    def _chosen(self, question: Question) -> list[str]:
        chosen = self.cleaned_data[_name(question)]
        return chosen if isinstance(chosen, list) else [chosen] if chosen else []


def usual_consent() -> str:
    return gettext(
        "I agree that the Bundesverband NeMO keeps what I have entered here to prepare this event and to write to me "
        "about it. It is deleted 30 days after the event, and at once when I cancel with the link in the mails."
    )


def spoken_languages(event: EventPage) -> list[str]:
    """Into which the event interprets."""
    spoken = [row.language for row in event.interpreted_languages.all()]
    return [*spoken, SIGN_LANGUAGE] if event.sign_language and SIGN_LANGUAGE not in spoken else spoken


def needs_read(registration: Registration) -> list[str]:
    return [str(NEEDS[key]) for key in registration.needs if key in NEEDS]


def _people(most: int) -> list[tuple[int, str]]:
    return [(n, ngettext("%(n)d person", "%(n)d people", n) % {"n": n}) for n in range(1, most + 1)]


def _children() -> list[tuple[int, str]]:
    some = [(n, ngettext("%(n)d child", "%(n)d children", n) % {"n": n}) for n in range(1, MOST_CHILDREN + 1)]
    return [(0, gettext("none")), *some]


def _name(question: Question) -> str:
    return f"question_{question.key}"


def _field(question: Question) -> forms.Field:
    choices = [(key, _marked(words)) for key, words in question.choices.items()]
    errors = {"required": _("Please choose an answer.")}
    values = {
        "label": _marked(question.asked),
        "required": question.is_required,
        "choices": choices,
        "error_messages": errors,
    }
    if question.kind == SEVERAL:
        return forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, **values)
    if question.kind != YES_NO and not question.is_required:
        values["choices"] = [*choices, ("", _("no answer"))]
    return forms.ChoiceField(widget=forms.RadioSelect, **values)


def _marked(words: Words) -> str:
    """German where there is no translation yet, and marked so."""
    if words.is_translated or reader_language() == SOURCE_LANGUAGE:
        return words.text
    return format_html('<span lang="{}" dir="ltr">{}</span>', SOURCE_LANGUAGE, words.text)
