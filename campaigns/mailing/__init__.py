"""Mail to many people: newsletters, news of a campaign for those who signed it.

    mailing = planning.plan("newsletter", about=issue.pk, title=issue.subject, user=user, send_at=monday)

What a kind of mailing says and to whom stands in one object (`kinds.Kind`); how it is sent is the same for all:

1. `preparing`: the texts are written down once for each language, then each reader gets a row (`Delivery`).
2. `sending`: the worker goes from row to row, over one connection for many mails (`line`).
3. `running`: who is at it and for how long, what happens after a kill, and when the mail server does not want.

It does not go through core.outbox, for three reasons: the outbox sends a mail again if a worker dies at the wrong
moment, and nobody wants a newsletter twice; it keeps the whole mail for each reader, here ten thousand times the same
text; and it opens a connection for each mail. Here a row is some bytes, and it passes through these states:

    WAITING → HANDED → SENT

HANDED is committed after the mail server has accepted sender and reader, right before the first byte of the text is
given to it. Whoever dies before that has sent nothing, and the row still waits. Whoever dies after that may have sent
the mail: the row becomes UNKNOWN, is counted as such and is never sent again. The same holds where a connection breaks
between the text and the answer. A clear no of the server sends nothing, so the row may wait again.

Only the change WAITING → HANDED decides who sends, in one statement. Of two workers at one mailing, one of which was
believed dead, only one gets each reader.
"""
