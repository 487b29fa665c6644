from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock


class FigureBlock(blocks.StructBlock):
    image = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=300)

    class Meta:
        icon = "image"
        label = _("Picture")
        description = _("A picture with caption; its credit is taken from the picture itself.")
        template = "blocks/image.html"
        preview_template = "blocks/previews/image.html"


class DownloadBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=160)


class DownloadsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=160)
    documents = blocks.ListBlock(DownloadBlock(), label=_("Documents"), min_num=1)

    class Meta:
        icon = "download"
        label = _("Downloads")
        description = _("Documents to take home, with type and size.")
        template = "blocks/downloads.html"
        preview_template = "blocks/previews/downloads.html"


def embed_address(url: str) -> str:
    """The privacy-friendlier player address of a YouTube or Vimeo video; empty for anything else."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    path = parts.path.strip("/").split("/")
    video = ""
    if host in {"youtube.com", "youtube-nocookie.com"}:
        video = path[-1] if path[0] in {"embed", "shorts", "live"} else parse_qs(parts.query).get("v", [""])[0]
    elif host == "youtu.be":
        video = path[0]
    elif host in {"vimeo.com", "player.vimeo.com"} and path[-1].isdigit():
        return f"https://player.vimeo.com/video/{path[-1]}?dnt=1"
    if video and all(c.isalnum() or c in "-_" for c in video) and video.isascii():
        return f"https://www.youtube-nocookie.com/embed/{video}"
    return ""


class VideoBlock(blocks.StructBlock):
    url = blocks.URLBlock(label=_("Address of the video"), help_text=_("YouTube or Vimeo"))
    title = blocks.CharBlock(label=_("Title"), max_length=160)
    poster = ImageChooserBlock(label=_("Still picture"), required=False)
    transcript = blocks.RichTextBlock(
        label=_("What is said"), required=False, features=["bold", "italic", "ul", "ol", "link"]
    )

    def clean(self, value):
        value = super().clean(value)
        if value["url"] and not embed_address(value["url"]):
            problem = _("This is not the address of a single video on YouTube or Vimeo.")
            raise blocks.StructBlockValidationError({"url": ValidationError(problem)})
        return value

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        context["embed_address"] = embed_address(value["url"])
        context["provider"] = urlsplit(context["embed_address"]).hostname
        return context

    class Meta:
        icon = "media"
        label = _("Video")
        description = _("Nothing is loaded from the provider before the reader clicks.")
        template = "blocks/video.html"
        preview_value = {
            "url": "https://vimeo.com/1",
            "title": _("Our networks introduce themselves"),
            "poster": None,
            "transcript": "",
        }


class FunderBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Name"), max_length=160)
    logo = ImageChooserBlock(label=_("Logo"), required=False)
    url = blocks.URLBlock(label=_("Website"), required=False)


class FundersBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=160)
    text = blocks.CharBlock(label=_("Required wording"), required=False, max_length=400)
    funders = blocks.ListBlock(FunderBlock(), label=_("Funders"), min_num=1)

    class Meta:
        icon = "group"
        label = _("Funders")
        description = _("Logos of funders with the wording they require.")
        template = "blocks/funders.html"
        preview_value = {
            "title": _("Funded by"),
            "text": "",
            "funders": [{"name": _("Sample foundation"), "logo": None, "url": ""}],
        }
