from django.core.management.base import BaseCommand

from core.languages import EASY_LANGUAGE
from demo.loader import images, pages, vocabulary
from home.trees import set_up_trees


class Command(BaseCommand):
    help = "Loads the sample site. Safe to repeat: what is there stays as it is."

    def add_arguments(self, parser):
        parser.add_argument("--organisations", type=int, default=60, help="How many sample organisations there shall be.")

    def handle(self, *, organisations, **options):
        set_up_trees()
        images.load_images()
        vocabulary.load_terms()
        vocabulary.load_contacts()
        pages.load_pages()
        pages.load_pages(EASY_LANGUAGE)
