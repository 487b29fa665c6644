"""One login per role of the sample site. Their passwords are public: they exist only where DEMO is on."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import ImproperlyConfigured

from home.roles import EDITORS, PROJECT_STAFF
from organisations.roles import PREFIX
from translations.roles import leads, translators


@dataclass(frozen=True)
class Login:
    role: str
    username: str
    password: str
    first_name: str
    group: str
    is_superuser: bool = False


def logins() -> list[Login]:
    network = f"{PREFIX}Beispielverbund Bochum"
    return [
        Login("Administration", "admin", "Olivenzweig-im-Hof-7", "Ada", "Administration", is_superuser=True),
        Login(EDITORS, "redaktion", "Teekanne-am-Fenster-3", "Reza", EDITORS),
        Login(PROJECT_STAFF, "projekt", "Windrose-und-Kompass-5", "Petra", PROJECT_STAFF),
        Login(network, "koordination", "Lindenhof-um-halb-neun-2", "Kofi", network),
        Login(translators("ar"), "uebersetzung-ar", "Granatapfel-mit-Minze-4", "Amal", translators("ar")),
        Login(leads("ar"), "sprachleitung-ar", "Sieben-bunte-Faeden-8", "Salma", leads("ar")),
        Login(translators("tr"), "uebersetzung-tr", "Roter-Faden-im-Garten-6", "Tuna", translators("tr")),
    ]


def load_users() -> None:
    if not settings.DEMO:
        raise ImproperlyConfigured("The demo logins have public passwords; they are made only where DEMO is on.")
    users = get_user_model().objects
    for login in logins():
        if not users.filter(username=login.username).exists():
            user = users.create_user(
                login.username,
                email=f"{login.username}@example.org",
                password=login.password,
                first_name=login.first_name,
                last_name="Beispiel",
                is_superuser=login.is_superuser,
            )
            user.groups.add(Group.objects.get(name=login.group))


def table() -> str:
    """Role, name and password, to be printed."""
    rows = [(login.role, login.username, login.password) for login in logins()]
    widths = [max(len(row[column]) for row in rows) for column in range(2)]
    return "\n".join(f"  {role:<{widths[0]}}  {name:<{widths[1]}}  {password}" for role, name, password in rows)
