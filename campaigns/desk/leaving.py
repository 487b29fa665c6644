"""Files that wait for somebody are forgotten when they come to look after less: what is theirs now, they may export anew."""

from django.db.models.signals import m2m_changed, post_delete
from django.dispatch import receiver

from campaigns.desk.exporting import forget_files
from campaigns.models import Export, Responsibility
from core.models import User


@receiver(post_delete, sender=Responsibility)
def forget_of_responsible(instance: Responsibility, **kwargs) -> None:
    forget_files(Export.objects.filter(user=instance.user_id))


@receiver(m2m_changed, sender=User.groups.through)
def forget_of_leavers(instance, action: str, reverse: bool, pk_set: set[int] | None, **kwargs) -> None:
    """From both sides: a person's groups change, or a group's members do (`reverse`), all of them without `pk_set`."""
    if action not in {"post_remove", "post_clear"}:
        return
    exports = Export.objects.all()
    if not reverse:
        exports = exports.filter(user=instance)
    elif pk_set is not None:
        exports = exports.filter(user__in=pk_set)
    forget_files(exports)
