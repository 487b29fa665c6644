from collections import Counter
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from django.core.management import call_command
from django.utils import timezone

from campaigns.mailing import figures, line, planning, preparing, retention, running, sending
from campaigns.models import Delivery, Mailing, SignUp
from tests.campaigns import readers
from tests.campaigns.signers import campaign
from tests.core import mail_servers

pytestmark = pytest.mark.django_db

State = Delivery.State


@pytest.fixture
def people(site, monkeypatch):
    """A campaign that nine people have signed."""
    readers.register(monkeypatch)
    page = campaign(site)
    readers.sign_up(page, 9)
    return page


@pytest.fixture
def transport(settings, monkeypatch):
    def use(port, timeout=0.5, patience=0.5):
        monkeypatch.setattr(line, "PATIENCE", patience)
        options = {"host": "127.0.0.1", "port": port, "timeout": timeout}
        backend = {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}
        settings.MAILERS = settings.MAILERS | {"transport": backend}

    return use


def plan(page, title="Neues", **values) -> Mailing:
    return planning.plan("people", page.pk, title, None, **values)


def work(mailing) -> Mailing:
    """As the worker that comes next does."""
    Mailing.objects.filter(pk=mailing.pk).update(lease_until=None)
    running.work_on(mailing.pk)
    mailing.refresh_from_db()
    return mailing


def make_due(mailing):
    mailing.deliveries.update(not_before=timezone.now())


def states(mailing) -> dict:
    return dict(Counter(mailing.deliveries.values_list("state", flat=True)))


def reached(received) -> list[str]:
    return [envelope.rcpt_tos[0] for envelope in received]


def everybody(count=9):
    return [readers.address_of(number) for number in range(count)]


def test_each_reader_gets_their_language_and_their_own_link(people, transport):
    with mail_servers.willing() as (port, received):
        transport(port)
        mailing = work(plan(people))
    assert mailing.state == Mailing.State.DONE
    assert sorted(reached(received)) == everybody()
    for envelope in received:
        message = message_from_bytes(envelope.content, policy=default)
        reader = SignUp.objects.get(email=envelope.rcpt_tos[0])
        assert message["Subject"] == f"Neues {reader.language}"
        for part in ("plain", "html"):
            content = message.get_body((part,)).get_content()
            assert f"/{reader.pk}/" in content
            assert "\ue000" not in content
        assert f'lang="{reader.language}"' in message.get_body(("html",)).get_content()


def test_mail_programs_find_the_link_that_unsubscribes_with_one_click(people, transport):
    """On one line and not encoded, however long the address is."""
    with mail_servers.willing() as (port, received):
        transport(port)
        work(plan(people))
    head = received[0].content.partition(b"\r\n\r\n")[0].decode("ascii").split("\r\n")
    reader = SignUp.objects.get(email=received[0].rcpt_tos[0])
    assert f"List-Unsubscribe: <https://www.example.org/abmelden/{'x' * 90}/{reader.pk}/>" in head
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in head
    assert "List-Id: <people.testserver>" in head
    assert "Precedence: bulk" in head
    assert "Auto-Submitted: auto-generated" in head


def test_what_is_ordered_twice_is_sent_once(people):
    assert plan(people)
    assert plan(people) is None
    assert Mailing.objects.count() == 1


def test_it_waits_for_its_time(people, transport, django_capture_on_commit_callbacks):
    with mail_servers.willing() as (port, received):
        transport(port)
        with django_capture_on_commit_callbacks(execute=True):
            mailing = plan(people, send_at=timezone.now() + timedelta(hours=1))
        call_command("send_mailings", verbosity=0)
        assert received == []
        assert not mailing.deliveries.exists()
        Mailing.objects.update(send_at=timezone.now())
        call_command("send_mailings", verbosity=0)
        assert sorted(reached(received)) == everybody()


def test_it_can_be_taken_back_before_its_time(people):
    mailing = plan(people, send_at=timezone.now() + timedelta(hours=1))
    assert planning.take_back(mailing)
    assert plan(people)


def test_what_has_begun_cannot_be_taken_back(people, transport):
    with mail_servers.willing() as (port, _received):
        transport(port)
        mailing = work(plan(people))
    assert not planning.take_back(mailing)
    assert Mailing.objects.exists()


def test_what_is_not_complete_stops_before_the_first_mail(people, transport):
    with mail_servers.willing() as (port, received):
        transport(port)
        mailing = work(plan(people, title="Unvollständig"))
        assert (mailing.state, mailing.trouble, mailing.answer) == ("paused", "content", "Es fehlt etwas.")
        assert (received, mailing.written_at) == ([], None)
        Mailing.objects.update(title="Vollständig")
        planning.go_on(mailing)
        work(mailing)
    assert sorted(reached(received)) == everybody()


def test_whoever_withdraws_in_time_gets_nothing(people, transport):
    mailing = plan(people)
    preparing.list_readers(mailing, running.kind_of(mailing), lambda: True)
    SignUp.objects.filter(email=readers.address_of(4)).delete()
    with mail_servers.willing() as (port, received):
        transport(port)
        mailing = work(mailing)
    assert readers.address_of(4) not in reached(received)
    assert states(mailing) == {State.SENT: 8, State.LEFT_OUT: 1}


def test_listing_readers_goes_on_where_it_was_interrupted(people, transport, monkeypatch):
    monkeypatch.setattr(preparing, "BATCH", 2)
    mailing, asked = plan(people), []
    kind = running.kind_of(mailing)
    assert not preparing.list_readers(mailing, kind, lambda: asked.append(1) or len(asked) < 4)
    assert mailing.deliveries.count() == 6
    assert preparing.list_readers(mailing, kind, lambda: True)
    assert mailing.deliveries.count() == 9


def test_a_reader_whom_the_server_refuses_holds_up_nobody(people, transport):
    def to_reader(address):
        return "550 5.1.1 no such user here" if address == readers.address_of(3) else "250 OK"

    with mail_servers.moody(to_reader) as (port, received):
        transport(port)
        mailing = work(plan(people))
    assert mailing.state == Mailing.State.DONE
    assert len(received) == 8
    assert mailing.deliveries.get(state=State.REFUSED).answer == "550 5.1.1"


def test_a_reader_whose_server_says_not_now_is_tried_again_and_given_up_in_the_end(people, transport):
    def to_reader(address):
        return "450 4.2.1 come back later" if address == readers.address_of(3) else "250 OK"

    with mail_servers.moody(to_reader) as (port, received):
        transport(port)
        mailing = work(plan(people))
        assert mailing.state == Mailing.State.RUNNING
        assert mailing.lease_until > timezone.now() + timedelta(minutes=4)
        for _attempt in sending.RETRY_AFTER:
            assert states(mailing) == {State.SENT: 8, State.WAITING: 1}
            make_due(mailing)
            mailing = work(mailing)
    assert len(received) == 8
    assert mailing.state == Mailing.State.DONE
    assert states(mailing) == {State.SENT: 8, State.GIVEN_UP: 1}


@pytest.mark.parametrize("refusal", ["reader", "text"])
@pytest.mark.parametrize("in_a_row", [5, 20])  # fewer and more than there are readers
def test_a_server_that_refuses_everybody_uses_up_no_reader(people, transport, monkeypatch, refusal, in_a_row):
    monkeypatch.setattr(sending, "IN_A_ROW", in_a_row)
    said = "554 5.7.1 <reader@example.org>: relay access denied"
    answers = {f"to_{refusal}": lambda _what: said}
    with mail_servers.moody(**answers) as (port, received):
        transport(port)
        mailing = work(plan(people))
    assert received == []
    assert (mailing.state, mailing.trouble) == (Mailing.State.PAUSED, Mailing.Trouble.REFUSALS)
    assert mailing.answer == "554 5.7.1 … relay access denied"
    assert states(mailing) == {State.WAITING: 9}
    with mail_servers.willing() as (port, received):
        transport(port)
        assert planning.go_on(mailing)
        mailing = work(mailing)
    assert sorted(reached(received)) == everybody()
    assert (mailing.state, mailing.trouble) == (Mailing.State.DONE, "")


def test_a_slow_server_that_refuses_everybody_uses_up_no_reader(people, transport, monkeypatch):
    """Of which each turn sees two refusals."""
    monkeypatch.setattr(sending, "IN_A_ROW", 5)
    mailing = plan(people)
    kind = running.kind_of(mailing)
    preparing.write(mailing, kind)
    preparing.list_readers(mailing, kind, lambda: True)
    Mailing.objects.update(state=Mailing.State.RUNNING)

    def turn():
        asked = []
        sending.Round(mailing, kind, lambda: asked.append(1) or len(asked) <= 2).run()

    with mail_servers.moody(lambda _address: "554 5.7.1 relay access denied") as (port, _received):
        transport(port)
        turn()
        turn()
        assert states(mailing) == {State.REFUSED: 4, State.WAITING: 5}
        with pytest.raises(sending.RefusesEverybodyError):
            turn()
    assert states(mailing) == {State.WAITING: 9}


def test_a_server_that_puts_everybody_off_for_days_uses_up_no_reader(people, transport):
    with mail_servers.moody(lambda _address: "451 4.3.0 come back later") as (port, _received):
        transport(port)
        mailing = work(plan(people))
        for _attempt in sending.RETRY_AFTER:
            make_due(mailing)
            mailing = work(mailing)
    assert (mailing.state, mailing.trouble) == (Mailing.State.PAUSED, Mailing.Trouble.REFUSALS)
    assert states(mailing) == {State.WAITING: 9}


def test_a_list_of_mailboxes_that_are_gone_comes_to_its_end(people, transport):
    with mail_servers.moody(lambda _address: "550 5.1.1 no such user here") as (port, _received):
        transport(port)
        mailing = work(plan(people))
    assert (mailing.state, states(mailing)) == (Mailing.State.DONE, {State.REFUSED: 9})


def test_whoever_chooses_another_language_in_time_gets_it_in_that(people, transport):
    mailing = plan(people)
    preparing.list_readers(mailing, running.kind_of(mailing), lambda: True)
    SignUp.objects.filter(email=readers.address_of(0)).update(language="tr")
    with mail_servers.willing() as (port, received):
        transport(port)
        mailing = work(mailing)
    content = next(each.content for each in received if each.rcpt_tos == [readers.address_of(0)])
    assert message_from_bytes(content, policy=default)["Subject"] == "Neues tr"
    assert figures.by_language(mailing)["tr"] == {State.SENT: 4}


def test_a_server_that_is_not_there_is_asked_ever_more_seldom_and_then_somebody_must_look(people, transport):
    transport(mail_servers.free_port())
    mailing, waits = plan(people), []
    for _failure in running.WAITS:
        mailing = work(mailing)
        assert (mailing.state, mailing.trouble) == (Mailing.State.RUNNING, Mailing.Trouble.SERVER)
        assert "refused" in mailing.answer
        waits.append(mailing.lease_until - timezone.now())
        assert not Mailing.objects.due().exists()
    assert waits == sorted(waits)
    mailing = work(mailing)
    assert mailing.state == Mailing.State.PAUSED
    assert states(mailing) == {State.WAITING: 9}
    with mail_servers.willing() as (port, received):
        transport(port)
        assert planning.go_on(mailing)
        work(mailing)
    assert sorted(reached(received)) == everybody()


def test_a_fault_of_ours_is_shown_and_tried_again(people, transport, monkeypatch):
    monkeypatch.setattr(preparing, "write", lambda *_arguments: 1 / 0)
    mailing = work(plan(people))
    assert (mailing.state, mailing.trouble) == (Mailing.State.RUNNING, Mailing.Trouble.UNEXPECTED)
    assert mailing.lease_until > timezone.now()
    monkeypatch.undo()
    readers.register(monkeypatch)
    with mail_servers.willing() as (port, received):
        transport(port)
        mailing = work(mailing)
    assert (mailing.state, len(received)) == (Mailing.State.DONE, 9)


def test_a_server_that_never_speaks_costs_no_reader(people, transport):
    with mail_servers.silent() as port:
        transport(port)
        mailing = work(plan(people))
    assert mailing.trouble == Mailing.Trouble.SERVER
    assert states(mailing) == {State.WAITING: 9}


def test_a_slow_server_gets_the_time_it_needs_for_a_text(people, transport):
    with mail_servers.moody(to_text=lambda number: 0.6) as (port, received):
        transport(port, timeout=0.3, patience=5)
        mailing = work(plan(people))
    assert sorted(reached(received)) == everybody()
    assert states(mailing) == {State.SENT: 9}


@pytest.mark.parametrize("mood", ["hangs", "dies"])
def test_a_mail_that_may_have_arrived_is_not_sent_again(people, transport, mood):
    """The server has the text and says nothing, or is gone."""
    third = 2 if mood == "hangs" else None
    with mail_servers.moody(to_text=lambda number: third if number == 3 else "250 OK") as (port, received):
        transport(port)
        mailing = work(plan(people))
        assert mailing.trouble == Mailing.Trouble.SERVER
        mailing = work(mailing)
    unknown = mailing.deliveries.get(state=State.UNKNOWN)
    assert mailing.state == Mailing.State.DONE
    assert states(mailing) == {State.SENT: 8, State.UNKNOWN: 1}
    assert len(reached(received)) == len({*reached(received)}) == (9 if mood == "hangs" else 8)
    sent = {SignUp.objects.get(pk=row.recipient).email for row in mailing.deliveries.filter(state=State.SENT)}
    assert {*reached(received)} - sent <= {SignUp.objects.get(pk=unknown.recipient).email}


def test_a_server_that_dies_with_every_second_mail_is_not_asked_for_ever(people, transport):
    with mail_servers.moody(to_text=lambda number: "250 OK" if number % 2 else None) as (port, _received):
        transport(port)
        mailing = plan(people)
        for _look in range(4):
            mailing = work(mailing)
    assert mailing.failures == 4


def test_a_server_that_takes_few_mails_over_each_connection_gets_more_connections(people, transport):
    with mail_servers.dying(2) as (port, received):
        transport(port)
        mailing = work(plan(people))
    assert mailing.state == Mailing.State.DONE
    assert states(mailing) == {State.SENT: 9}
    assert len(received) == 9


def test_a_pause_holds_from_the_next_mail_on(people, transport, monkeypatch):
    mailing, claim = plan(people), sending.claim

    def claim_of_the_fourth(delivery):
        if len(received) == 3:
            planning.pause(mailing)
        return claim(delivery)

    with mail_servers.willing() as (port, received):
        transport(port)
        with monkeypatch.context() as patched:
            patched.setattr(sending, "claim", claim_of_the_fourth)
            mailing = work(mailing)
        assert (mailing.state, len(received)) == (Mailing.State.PAUSED, 3)
        assert states(mailing) == {State.SENT: 3, State.WAITING: 6}
        assert work(mailing).state == Mailing.State.PAUSED
        assert planning.go_on(mailing)
        mailing = work(mailing)
    assert sorted(reached(received)) == everybody()


def test_after_a_cancellation_nobody_gets_it(people, transport):
    mailing = plan(people)
    assert planning.cancel(mailing)
    assert not planning.cancel(mailing)
    with mail_servers.willing() as (port, received):
        transport(port)
        mailing = work(mailing)
    assert (mailing.state, received) == (Mailing.State.CANCELLED, [])


def test_of_two_workers_only_one_gets_a_reader(people):
    mailing = plan(people)
    preparing.list_readers(mailing, running.kind_of(mailing), lambda: True)
    Mailing.objects.update(state=Mailing.State.RUNNING)
    delivery = mailing.deliveries.first()
    assert sending.claim(delivery)
    assert not sending.claim(delivery)


def test_a_worker_whose_connection_breaks_does_not_free_what_another_has(people):
    mailing = plan(people)
    preparing.list_readers(mailing, running.kind_of(mailing), lambda: True)
    Mailing.objects.update(state=Mailing.State.RUNNING)
    late, early = mailing.deliveries.first(), mailing.deliveries.first()
    assert sending.claim(early)
    sending._set(late, State.WAITING)
    assert mailing.deliveries.get(pk=late.pk).state == State.HANDED
    sending._set(early, State.SENT)
    assert mailing.deliveries.get(pk=late.pk).state == State.SENT


def test_what_a_dead_worker_had_in_its_hands_is_unknown_until_it_comes_back(people, transport):
    mailing = plan(people)
    preparing.write(mailing, running.kind_of(mailing))
    preparing.list_readers(mailing, running.kind_of(mailing), lambda: True)
    Mailing.objects.update(state=Mailing.State.RUNNING)
    delivery = mailing.deliveries.first()
    assert sending.claim(delivery)
    with mail_servers.willing() as (port, received):
        transport(port)
        mailing = work(mailing)
    assert len(received) == 8
    assert states(mailing) == {State.SENT: 8, State.UNKNOWN: 1}
    sending._set(delivery, State.SENT)
    assert states(mailing) == {State.SENT: 9}


def test_a_worker_that_has_lost_its_lease_stops(people):
    mailing = plan(people)
    Mailing.objects.update(state=Mailing.State.RUNNING, lease_until=timezone.now())
    mailing.refresh_from_db()
    hold = running.Hold(mailing, turn=60)
    assert hold.may_go_on()
    Mailing.objects.update(lease_until=timezone.now() + timedelta(seconds=5))
    hold._renewed -= running.RENEW + 1
    assert not hold.may_go_on()


def test_work_goes_back_to_the_queue_when_its_turn_is_over(people, transport, monkeypatch):
    queued = []
    monkeypatch.setattr(running, "put_in_queue", queued.append)
    mailing = plan(people)
    running.work_on(mailing.pk, turn=0)
    assert queued == [mailing]


def test_an_address_that_nobody_can_write_to_holds_up_nobody(people, transport):
    SignUp.objects.filter(email=readers.address_of(2)).update(email="عائشة@example.org")
    with mail_servers.willing() as (port, received):
        transport(port)
        mailing = work(plan(people))
    assert len(received) == 8
    assert states(mailing) == {State.SENT: 8, State.REFUSED: 1}


def test_mails_to_a_folder_arrive_once(people, settings, tmp_path):
    backend = {"BACKEND": "django.core.mail.backends.filebased.EmailBackend", "OPTIONS": {"file_path": tmp_path}}
    settings.MAILERS = settings.MAILERS | {"transport": backend}
    mailing = work(plan(people))
    assert states(mailing) == {State.SENT: 9}
    text = "".join(path.read_text() for path in tmp_path.iterdir())
    assert text.count("List-Unsubscribe-Post") == 9


def test_readers_are_forgotten_after_two_weeks_and_figures_stay(people, transport):
    with mail_servers.willing() as (port, _received):
        transport(port)
        mailing = work(plan(people))
    assert retention.forget() == 0
    assert mailing.deliveries.count() == 9
    Mailing.objects.update(finished_at=timezone.now() - retention.KEPT_FOR - timedelta(hours=1))
    assert retention.forget() == 9
    assert retention.forget() == 0
    mailing.refresh_from_db()
    assert not mailing.deliveries.exists()
    assert figures.by_outcome(mailing) == {State.SENT: 9}
    assert figures.by_language(mailing)["ar"] == {State.SENT: 3}
    assert figures.progress(mailing) == (9, 9)


def test_the_cost_of_a_mail_is_fixed(people, transport, django_assert_max_num_queries):
    """Two statements a reader, one look at the people for a batch."""
    with mail_servers.willing() as (port, _received):
        transport(port)
        mailing = plan(people)
        preparing.write(mailing, running.kind_of(mailing))
        preparing.list_readers(mailing, running.kind_of(mailing), lambda: True)
        with django_assert_max_num_queries(2 * 9 + 13):
            work(mailing)
