"""Fills the database and folders that the environment names: `python -m tests.journeys.build`."""

import django
from django.core.management import call_command

ORGANISATIONS = 14


def main() -> None:
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("load_demo", organisations=ORGANISATIONS, verbosity=0)
    _add_page_of_every_block()
    call_command("collectstatic", interactive=False, verbosity=0)


def _add_page_of_every_block() -> None:
    from home.models import ContentPage, HomePage

    home = HomePage.objects.get(slug="home")
    body = ContentPage._meta.get_field("body").stream_block
    page = ContentPage(title="Alle Bausteine", slug="alle-bausteine", summary="Jeder Baustein einmal.")
    page.body = [(name, value) for name, block in body.child_blocks.items() if (value := block.get_preview_value())]
    home.add_child(instance=page)
    page.save_revision(clean=False).publish()


if __name__ == "__main__":
    main()
