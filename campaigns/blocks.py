from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

YES_NO, ONE, SEVERAL = "yes_no", "one", "several"


class QuestionBlock(blocks.StructBlock):
    """A question to the guests of an event with fixed answers: their ids are the same in all translations."""

    question = blocks.CharBlock(label=_("Question"), max_length=200)
    kind = blocks.ChoiceBlock(
        label=_("Answer"),
        choices=[(YES_NO, _("yes or no")), (ONE, _("one of these")), (SEVERAL, _("any of these"))],
        default=YES_NO,
        search_index=False,
    )
    choices = blocks.ListBlock(
        blocks.CharBlock(max_length=120), label=_("Choices"), default=[], max_num=12, collapsed=True
    )
    is_required = blocks.BooleanBlock(label=_("Must be answered"), required=False)

    def clean(self, value):
        cleaned = super().clean(value)
        if cleaned["kind"] != YES_NO and len(cleaned["choices"]) < 2:
            raise StructBlockValidationError({"choices": ValidationError(_("Please give at least two choices."))})
        return cleaned

    class Meta:
        icon = "help"
        label = _("Question")
        description = _("With answers to choose from.")


class QuestionsBlock(blocks.StreamBlock):
    question = QuestionBlock()

    class Meta:
        max_num = 8
