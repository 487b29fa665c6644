"""Mail servers as they come: willing, refusing, silent."""

import socket
import threading
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


@contextmanager
def willing(reply="250 OK"):
    postbox = Postbox(reply)
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


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
