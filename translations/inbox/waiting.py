"""All that waits for somebody, as the first page of the admin and the weekly mail show it."""

from dataclasses import dataclass, field

from translations.inbox import notes, tabs, talk, work


@dataclass
class Waiting:
    """Empty, and false, where nothing waits."""

    mine: list[work.Task] = field(default_factory=list)
    everybodys: list[work.Task] = field(default_factory=list)
    reviews: list[work.Task] = field(default_factory=list)
    ready: list[work.Task] = field(default_factory=list)
    returned: list[work.Task] = field(default_factory=list)
    words: list[talk.Word] = field(default_factory=list)
    notes: int = 0

    def __bool__(self) -> bool:
        return any(vars(self).values())


def waiting_for(user) -> Waiting:
    """Asks only what concerns the user's roles."""
    has = tabs.tabs_for(user)
    waiting = Waiting()
    if not has:
        return waiting
    if tabs.MINE in has:
        waiting.mine, waiting.everybodys = work.mine(user), work.group_work(user)
    if tabs.REVIEW in has:
        for task in work.for_review(user):
            (waiting.reviews if task.now.in_review else waiting.ready).append(task)
    if tabs.ASKED in has:
        waiting.returned = work.given_back(user)
    waiting.words = talk.waiting_for(user)
    waiting.notes = notes.waiting_for(user).count()
    return waiting
