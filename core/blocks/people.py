from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock


class PersonBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Name"), max_length=120)
    role = blocks.CharBlock(label=_("Role"), required=False, max_length=160)
    photo = ImageChooserBlock(label=_("Photo"), required=False)
    phone = blocks.CharBlock(label=_("Phone"), required=False, max_length=40)
    email = blocks.EmailBlock(
        label=_("Email"), required=False, help_text=_("Only the address of a role or an office, never a private one.")
    )
    text = blocks.CharBlock(label=_("Text"), required=False, max_length=300)

    class Meta:
        icon = "user"
        label = _("Person")


class PeopleBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=160)
    people = blocks.ListBlock(PersonBlock(), label=_("People"), min_num=1)

    class Meta:
        icon = "group"
        label = _("People and contacts")
        description = _("Cards with name, role and how to reach them.")
        template = "blocks/people.html"
        preview_value = {
            "title": _("Your contacts"),
            "people": [
                {
                    "name": _("Press office"),
                    "role": _("Press"),
                    "photo": None,
                    "phone": "030 000000",
                    "email": "",
                    "text": "",
                }
            ],
        }
