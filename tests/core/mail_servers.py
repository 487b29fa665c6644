"""Mail servers as they come: willing, refusing, silent."""

import asyncio
import socket
import threading
import time
from contextlib import contextmanager

from aiosmtpd.controller import Controller


class Postbox:
    """Keeps what it gets; answers `reply` to the text of each mail."""

    def __init__(self, reply="250 OK"):
        self.reply = reply
        self.received = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.reply.startswith("250"):
            self.received.append(envelope)
        return self.reply


class Moody(Postbox):
    """Asks `to_reader(address)` and `to_text(number)` what to answer: a reply, a number of seconds, or None to die.

    A text is kept when it is answered by 250, and after the seconds; whoever has hung up by then has sent it all the same.
    """

    def __init__(self, to_reader, to_text):
        super().__init__()
        self.to_reader, self.to_text, self.texts = to_reader, to_text, 0

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        reply = self.to_reader(address)
        if reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.texts += 1
        reply = self.to_text(self.texts)
        if reply is None:
            server.transport.abort()
            return "421 gone"
        if isinstance(reply, int | float):
            self.received.append(envelope)
            await asyncio.sleep(reply)
            return "250 OK"
        if reply.startswith("250"):
            self.received.append(envelope)
        return reply


def moody(to_reader=lambda address: "250 OK", to_text=lambda number: "250 OK"):
    return running(Moody(to_reader, to_text))


def willing(reply="250 OK"):
    return running(Postbox(reply))


@contextmanager
def running(postbox):
    controller = Controller(postbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield controller.port, postbox.received
    finally:
        controller.stop()


@contextmanager
def silent():
    """Takes the connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=50) as server:
        yield server.getsockname()[1]


@contextmanager
def silent_after_taking():
    """Takes one mail properly and hangs at the good-bye."""
    received = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def talk():
            connection, _address = server.accept()
            with connection, connection.makefile("rb") as lines:
                connection.sendall(b"220 hello\r\n")
                for line in lines:
                    if line.upper().startswith(b"DATA"):
                        connection.sendall(b"354 go on\r\n")
                        received.append(b"".join(iter(lines.readline, b".\r\n")))
                    if line.upper().startswith(b"QUIT"):
                        return stop.wait(10)
                    connection.sendall(b"250 OK\r\n")

        stop = threading.Event()
        thread = threading.Thread(target=talk, daemon=True)
        thread.start()
        yield server.getsockname()[1], received
        stop.set()
        thread.join(10)


@contextmanager
def dying(mails: int):
    """Takes so many mails over each connection and says good-bye at the next one."""
    received, stop = [], threading.Event()
    with socket.create_server(("127.0.0.1", 0), backlog=50) as server:
        server.settimeout(0.1)

        def talk(connection):
            left = mails
            with connection, connection.makefile("rb") as lines:
                connection.sendall(b"220 hello\r\n")
                for line in lines:
                    if line.upper().startswith(b"MAIL") and not left:
                        return connection.sendall(b"421 enough\r\n")
                    if line.upper().startswith(b"DATA"):
                        connection.sendall(b"354 go on\r\n")
                        received.append(b"".join(iter(lines.readline, b".\r\n")))
                        left -= 1
                    connection.sendall(b"250 OK\r\n")

        def serve():
            while not stop.is_set():
                try:
                    connection, _address = server.accept()
                except TimeoutError:
                    continue
                connection.settimeout(10)
                talk(connection)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield server.getsockname()[1], received
        stop.set()
        thread.join(10)


def wait_for(what, seconds=60):
    """Until it is so."""
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.005)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
