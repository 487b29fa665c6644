from django import forms
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from campaigns.models import NewsletterPage, Subscriber
from campaigns.opt_in.form import OptInForm
from core.languages import LANGUAGE_NAMES, direction
from core.models import Topic
from core.models.vocabulary import Label, labels


class TopicsField(forms.MultipleChoiceField):
    """Topics by their key. What is no longer offered on a page loaded yesterday is left out."""

    def __init__(self):
        super().__init__(
            label=_("Topics"),
            required=False,
            help_text=_("Choose nothing, and you get everything."),
            widget=forms.CheckboxSelectMultiple,
        )

    def offer(self, page: NewsletterPage | None) -> bool:
        """Whether there is anything to choose from."""
        self.choices = [(label.key, _marked(label)) for label in labels(page.facts.topics)] if page else []
        return bool(self.choices)

    def to_python(self, value):
        offered = {key for key, _text in self.choices}
        return [key for key in super().to_python(value) if key in offered]


def _marked(label: Label) -> str:
    """A word that is not translated yet says so."""
    if label.language == get_language():
        return label.text
    return format_html('<span lang="{}" dir="{}">{}</span>', label.language, direction(label.language), label.text)


def chosen(cleaned: dict) -> list[Topic]:
    return [*Topic.objects.source().filter(key__in=cleaned.get("topics", ()))]


class SubscribeForm(OptInForm):
    """What we need to know to send somebody the newsletter: an address."""

    name = None
    topics = TopicsField()

    field_order = ["email", "topics", "consent"]

    def __init__(self, page: NewsletterPage, data=None):
        super().__init__(
            data,
            page=None,
            consent_text=page.consent_text,
            language=page.text_language,
            auto_id="newsletter_%s",  # a campaign may have its own form on the same page
        )
        self.fields["consent"].error_messages["required"] = _("Without your consent we may not write to you.")
        if not self.fields["topics"].offer(page):
            del self.fields["topics"]


class PreferencesForm(forms.Form):
    """What readers change by themselves, by the link in every issue."""

    language = forms.ChoiceField(
        label=_("Language of the newsletter"),
        error_messages={"invalid_choice": _("The newsletter is not offered in this language.")},
    )
    topics = TopicsField()

    field_order = ["language", "topics"]

    def __init__(self, offer, subscriber: Subscriber, data=None):
        kept = {"language": subscriber.language, "topics": [topic.key for topic in subscriber.topics.all()]}
        super().__init__(data, initial=kept, use_required_attribute=False)
        # Somebody may read a language that is not offered any more; it stays until they choose another.
        offered = {code for code, _name, _address in offer.languages} | {subscriber.language}
        self.fields["language"].choices = [pair for pair in LANGUAGE_NAMES.items() if pair[0] in offered]
        if not self.fields["topics"].offer(offer.page):
            del self.fields["topics"]
