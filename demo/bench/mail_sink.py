"""A mail server that takes everything and remembers to whom it went."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Talk(socketserver.StreamRequestHandler):
    def handle(self):
        self.say(b"220 sink")
        reader = ""
        for line in self.rfile:
            command = line[:4].upper()
            if command == b"RCPT":
                reader = line.decode().partition("<")[2].partition(">")[0]
            if command == b"DATA":
                self.say(b"354 go on")
                line = b"?"
                while line not in (b".\r\n", b""):
                    line = self.rfile.readline()
                if not line:  # hung up in the middle of a mail: none has come
                    return
                self.server.reached.append(reader)
            self.say(b"221 bye" if command == b"QUIT" else b"250 ok")
            if command == b"QUIT":
                return

    def say(self, words: bytes) -> None:
        self.wfile.write(words + b"\r\n")


class Sink(socketserver.ThreadingTCPServer):
    daemon_threads = allow_reuse_address = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Talk)
        self.reached: list[str] = []

    def handle_error(self, request, client_address):
        """A killed worker hangs up without a word."""


@contextmanager
def sink() -> Iterator[Sink]:
    with Sink() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
