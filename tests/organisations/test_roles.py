from django.contrib.auth.models import Group
from wagtail.models import Collection, Page

from core import roles
from core.models import User
from organisations.models import DirectoryPage, NetworkPage


def add_network(site, title, slug=""):
    parent = DirectoryPage.objects.child_of(site).get()
    network = parent.add_child(instance=NetworkPage(title=title, slug=slug, city="Bochum", state="NW", live=False))
    network.save_revision().publish()
    return NetworkPage.objects.get(pk=network.pk)


def test_a_published_network_has_coordinators(site):
    network = add_network(site, "Verbund Bochum")
    group = Group.objects.get(name="Koordination: Verbund Bochum")
    assert set(group.page_permissions.values_list("page__slug", "permission__codename")) == {
        (network.slug, "add_page"),
        (network.slug, "change_page"),
    }
    own = group.collection_permissions.filter(collection__name="Verbund Bochum")
    assert own.filter(permission__codename="add_image").exists()


def test_a_draft_has_none(site):
    DirectoryPage.objects.child_of(site).get().add_child(
        instance=NetworkPage(title="Verbund Entwurf", city="Essen", state="NW", live=False)
    )
    assert not Group.objects.filter(name="Koordination: Verbund Entwurf").exists()


def test_a_renamed_network_keeps_its_people_and_files(site):
    network = add_network(site, "Verbund Bochum")
    user = User.objects.create_user("kofi", "kofi@example.org")
    user.groups.add(Group.objects.get(name="Koordination: Verbund Bochum"))
    collection = Collection.objects.get(name="Verbund Bochum")
    network.title = "Verbund Ruhr"
    network.save_revision().publish()
    assert [group.name for group in user.groups.all()] == ["Koordination: Verbund Ruhr"]
    collection.refresh_from_db()
    assert collection.name == "Verbund Ruhr"
    assert not Group.objects.filter(name="Koordination: Verbund Bochum").exists()


def test_two_networks_of_one_name_have_two_groups(site):
    first, second = add_network(site, "Verbund", "erster"), add_network(site, "Verbund", "zweiter")
    roles.sync()
    names = {
        group.name
        for network in (first, second)
        for group in Group.objects.filter(name__startswith="Koordination", page_permissions__page=network)
    }
    assert names == {"Koordination: Verbund", "Koordination: Verbund (zweiter)"}


def test_a_translation_of_a_network_makes_no_group(site):
    network = add_network(site, "Verbund Bochum")
    before = Group.objects.count()
    english = Page.objects.get(slug="home-en").locale
    copy = network.copy_for_translation(english)
    copy.save_revision().publish()
    roles.sync()
    assert Group.objects.count() == before
