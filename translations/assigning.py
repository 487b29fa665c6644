"""Who is to translate what: giving it to somebody, taking it, giving it back. People work in their own language only.

A cell is one page or term in one language: `(translation_key, locale_id)`.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.signals import m2m_changed, post_save
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import GroupPagePermission
from wagtail.permissions import page_permission_policy
from wagtail_localize.models import TranslationSource

from core.languages import LANGUAGE_NAMES, SOURCE_LANGUAGE
from core.locales import language_of
from core.models import User
from translations.models import Assignment
from translations.rights import SUBMIT, languages_of

Cell = tuple[UUID, int]

CHUNK = 400


def assignments(cells: Iterable[Cell]) -> dict[Cell, Assignment]:
    """Those there are, by cell. One query for a few hundred pages."""
    by_locale = defaultdict(set)
    wanted = set(cells)
    for key, locale_id in wanted:
        by_locale[key].add(locale_id)
    found = {}
    keys = [*by_locale]
    for start in range(0, len(keys), CHUNK):
        rows = Assignment.objects.filter(translation_key__in=keys[start : start + CHUNK])
        for row in rows.select_related("person", "group"):
            if row.cell in wanted:
                found[row.cell] = row
    return found


def groups_of(locale_id: int) -> QuerySet[Group]:
    """The groups whose members change pages in this language's tree, those who may do it everywhere left out."""
    return Group.objects.filter(Exists(_rights_in(OuterRef("pk"), locale_id))).order_by("name")


def people_of(locale_id: int) -> QuerySet[User]:
    """Everybody to whom work in this language can be given."""
    memberships = User.groups.through.objects.filter(user=OuterRef("pk"), group__in=groups_of(locale_id).order_by())
    return User.objects.filter(Exists(memberships), is_active=True).order_by("first_name", "last_name", "username")


def _rights_in(group, locale_id: int) -> QuerySet[GroupPagePermission]:
    return GroupPagePermission.objects.filter(
        group=group, permission__codename="change_page", page__locale=locale_id, page__depth__gt=1
    )


def may_assign(user, cells: Iterable[Cell]) -> bool:
    cells = {*cells}
    return bool(user.is_active) and assignable(user, cells) == cells


def assignable(user, cells: Iterable[Cell]) -> set[Cell]:
    """Of these: leads in their language, editors for the pages that they have translated, administrators."""
    cells = {*cells}
    if not user.is_active or not user.has_perm(SUBMIT):
        return set()
    if user.is_superuser:
        return cells
    leads_in = languages_of(user, "publish") - {SOURCE_LANGUAGE}
    led = {cell for cell in cells if language_of(cell[1]) in leads_in}
    own = _sources_changed_by(user, {key for key, _locale in cells - led})
    return led | {cell for cell in cells - led if cell[0] in own}


def _sources_changed_by(user, keys: set[UUID]) -> set[UUID]:
    """Of these, the source pages and terms that the user may change."""
    if not keys:
        return set()
    pages = page_permission_policy.instances_user_has_permission_for(user, "change")
    own = pages.filter(locale__language_code=SOURCE_LANGUAGE, translation_key__in=keys)
    found = {*own.values_list("translation_key", flat=True)}
    if keys - found and SOURCE_LANGUAGE in languages_of(user):
        terms = TranslationSource.objects.filter(object_id__in=keys - found).exclude(
            object__content_type__model="page", object__content_type__app_label="wagtailcore"
        )
        found |= {
            source.object_id
            for source in terms.select_related("specific_content_type")
            if user.has_perm(_change(source.specific_content_type))
        }
    return found


def _change(content_type) -> str:
    return f"{content_type.app_label}.change_{content_type.model}"


@transaction.atomic
def assign(
    cells: Iterable[Cell],
    *,
    person: User | None = None,
    group: Group | None = None,
    due: date | None = None,
    urgent: bool = False,
    note: str = "",
    by: User,
) -> list[Assignment]:
    """Give all these to a person, to a group, or with neither to everybody in the language.

    All or none: raises PermissionDenied, or ValidationError where somebody is not of the language.
    """
    cells = [*dict.fromkeys(cells)]
    if not may_assign(by, cells):
        raise PermissionDenied
    _check(cells, person, group)
    known = _urgent(_in_force(cells)) if urgent else set()
    made = _give(cells, person, None if person else group, by, due=due, is_urgent=urgent, note=one_line(note))
    _tell_urgent(made, known, by)
    return made


def _give(cells: list[Cell], person: User | None, group: Group | None, by: User, **details) -> list[Assignment]:
    given = {"person": person, "group": group, "requested_by": by, "created_at": timezone.now()}
    rows = [Assignment(translation_key=key, locale_id=locale_id, **given, **details) for key, locale_id in cells]
    return Assignment.objects.bulk_create(
        rows,
        batch_size=CHUNK,
        update_conflicts=True,
        unique_fields=["translation_key", "locale"],
        update_fields=[*given, *details, "returned_by", "returned_at", "reason"],
    )


def _in_force(cells: Iterable[Cell]) -> dict[Cell, Assignment]:
    """Without what was agreed before the last publication: that work is new, and nobody's."""
    from translations.inbox import standing  # which knows cells from here

    present = assignments(cells)
    found = standing.standings(present)
    return {cell: row for cell, row in present.items() if cell not in found or row.holds_for(found[cell].now)}


def _urgent(rows: dict[Cell, Assignment]) -> set[tuple]:
    return {_held(row) for row in rows.values() if row.is_urgent}


def _held(row: Assignment) -> tuple:
    return row.cell, row.person_id, row.group_id


def _tell_urgent(rows: list[Assignment], known: set[tuple], by: User) -> None:
    """One mail a person; none to those who have it as urgent already."""
    if news := [row for row in rows if row.is_urgent and _held(row) not in known]:
        from translations.inbox import mails  # which reads assignments itself

        mails.tell_urgent(news, by)


def one_line(text: str) -> str:
    return " ".join(text.split())[:300]


def _check(cells: list[Cell], person: User | None, group: Group | None) -> None:
    for locale_id in {locale_id for _key, locale_id in cells}:
        language = LANGUAGE_NAMES.get(language_of(locale_id), language_of(locale_id))
        if language_of(locale_id) == SOURCE_LANGUAGE:
            raise ValidationError(_("German is the source and is not translated."))
        if person and not people_of(locale_id).filter(pk=person.pk).exists():
            raise ValidationError(
                _("%(person)s does not work in this language: %(language)s.")
                % {"person": person.get_full_name() or person.get_username(), "language": language}
            )
        if group and not groups_of(locale_id).filter(pk=group.pk).exists():
            raise ValidationError(
                _("The group %(group)s does not work in this language: %(language)s.")
                % {"group": group.name, "language": language}
            )


@transaction.atomic
def set_due(cells: Iterable[Cell], due: date | None, *, urgent: bool | None = None, by: User) -> list[Assignment]:
    """Change the date, and urgency where it is said; what nobody has becomes everybody's in the language."""
    cells = [*dict.fromkeys(cells)]
    if not may_assign(by, cells):
        raise PermissionDenied
    _check(cells, None, None)
    present = _in_force(cells)
    known = _urgent(present)
    for row in present.values():
        row.due, row.is_urgent = due, row.is_urgent if urgent is None else urgent
    Assignment.objects.bulk_update(present.values(), ["due", "is_urgent"], batch_size=CHUNK)
    others = [cell for cell in cells if cell not in present]
    rows = [*present.values(), *_give(others, None, None, by, due=due, is_urgent=bool(urgent), note="")]
    _tell_urgent(rows, known, by)
    return rows


@transaction.atomic
def take(cell: Cell, by: User, *, past: Assignment | None = None) -> Assignment:
    """ "I take this". Of two at once the first gets it; ValidationError tells the other.

    `past` is what was agreed before and is over: the work is new, whoever had it. What somebody has agreed since stays.
    """
    if not people_of(cell[1]).filter(pk=by.pk).exists():
        raise PermissionDenied
    if past:
        Assignment.objects.filter(pk=past.pk, created_at=past.created_at).delete()
    place = {"translation_key": cell[0], "locale_id": cell[1]}
    row, _created = Assignment.objects.get_or_create(**place, defaults={"requested_by": by})
    if not row.person_id and not _may_take(row, by):
        raise PermissionDenied
    returned = {"returned_by": None, "returned_at": None, "reason": ""}
    free = Assignment.objects.filter(pk=row.pk, person=None, group=row.group_id)
    taken = free.update(person=by, **returned)
    row.refresh_from_db()
    if not taken and row.person_id != by.pk:
        raise ValidationError(_("Somebody else has taken this in the meantime."))
    return row


def _may_take(row: Assignment, user) -> bool:
    """What is with a group is its members' to take, and theirs who could give it to themselves."""
    return not row.group_id or user.groups.filter(pk=row.group_id).exists() or may_assign(user, [row.cell])


def give_back(assignment: Assignment, by: User, reason: str = "") -> None:
    """ "I cannot do it": the group has it again, and whoever asked is told. Their own only; leads for everybody."""
    if assignment.person_id != by.pk and not may_assign(by, [assignment.cell]):
        raise PermissionDenied
    returned = {"person": None, "returned_by": by, "returned_at": timezone.now(), "reason": one_line(reason)}
    if Assignment.objects.filter(pk=assignment.pk, person=assignment.person_id).update(**returned):
        assignment.refresh_from_db()


def fall_back(user: User | None = None) -> int:
    """What is with people who left, or no longer work in the language, is the group's again."""
    rows = Assignment.objects.exclude(person=None)
    if user:
        rows = rows.filter(person=user)
    fallen = 0
    for locale_id in {*rows.values_list("locale_id", flat=True)}:
        fallen += rows.filter(locale=locale_id).exclude(person__in=people_of(locale_id).order_by()).update(person=None)
    return fallen


@receiver(post_save, sender=User)
def let_go_of_inactive(instance: User, **kwargs) -> None:
    if not instance.is_active:
        fall_back(instance)


@receiver(m2m_changed, sender=User.groups.through)
def let_go_of_leavers(instance, action: str, reverse: bool, pk_set, **kwargs) -> None:
    """From both sides: a person's groups change, or a group's members do (`reverse`)."""
    if action in {"post_remove", "post_clear"}:
        if not reverse:
            fall_back(instance)
        else:
            fall_back()
