"""As much of IMAP4rev1 as reading a mailbox takes."""

import re
import socket
import threading
from contextlib import contextmanager
from types import SimpleNamespace


@contextmanager
def imap_server(mails: list[bytes]):
    """All `mails` are reports; those marked as read are not found again."""
    state = SimpleNamespace(seen=set(), said=[], place={})
    with socket.create_server(("127.0.0.1", 0)) as listening:
        state.place = {"host": "127.0.0.1", "port": listening.getsockname()[1]}
        threading.Thread(target=_serve, args=(listening, mails, state), daemon=True).start()
        yield state


def _serve(listening, mails, state):
    while True:
        try:
            connection, _address = listening.accept()
        except OSError:
            return
        with connection, connection.makefile("rwb") as stream:
            _talk(stream, mails, state)


def _talk(stream, mails, state):
    _say(stream, b"* OK ready")
    for line in stream:
        tag, command, *rest = line.decode().strip().split(" ", 2)
        state.said.append(line.decode())
        for answer in _answers(command.upper(), " ".join(rest), mails, state):
            _say(stream, answer)
        _say(stream, f"{tag} OK done".encode())
        if command.upper() == "LOGOUT":
            return


def _answers(command, rest, mails, state):
    match command:
        case "CAPABILITY":
            yield b"* CAPABILITY IMAP4rev1"
        case "SELECT":
            yield f"* {len(mails)} EXISTS".encode()
        case "SEARCH":
            found = [str(number) for number in range(1, len(mails) + 1) if number not in state.seen]
            yield f"* SEARCH {' '.join(found)}".encode()
        case "FETCH":
            number = int(rest.split()[0])
            raw = mails[number - 1].replace(b"\n", b"\r\n")
            yield b"* %d FETCH (BODY[]<0> {%d}\r\n%s)" % (number, len(raw), raw)
        case "STORE" if re.search(r"Seen", rest):
            state.seen.add(int(rest.split()[0]))


def _say(stream, text):
    stream.write(text + b"\r\n")
    stream.flush()
