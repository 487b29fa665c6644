"""A translation service on loopback that speaks as LibreTranslate, DeepL and Google do, and fails as services fail."""

import json
import re
import socket
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from bs4 import BeautifulSoup

WORD = re.compile(r"(?<![\w{(%])[^\W\d_]{3,}(?![\w})])")
SHIELDS = {"time", "x", "span"}


def backwards(html):
    """A language of its own: every word backwards, except what must not be touched."""
    soup = BeautifulSoup(html, "html.parser")
    for text in soup.find_all(string=True):
        if text.parent.name not in SHIELDS:
            text.replace_with(WORD.sub(lambda word: word.group()[::-1], str(text)))
    return str(soup)


class Service:
    """`answers` are used up one by request; afterwards everything is translated."""

    def __init__(self):
        self.requests = []
        self.answers = []
        self.key = ""
        self.translate = backwards

    def next(self):
        return self.answers.pop(0) if self.answers else None

    @property
    def texts(self):
        return [text for request in self.requests for text in request["texts"]]


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        service, body = self.server.service, json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        dialect = DIALECTS[self.path]
        texts, language, key = dialect["read"](body, self.headers)
        service.requests.append({"path": self.path, "texts": texts, "language": language, "key": key, "body": body})
        if key != service.key:
            return self.send(403, dialect["error"]("Invalid API key"))
        answer = service.next()
        if answer:
            return answer(self, dialect, texts)
        return self.send(200, dialect["write"]([service.translate(text) for text in texts]))

    def send(self, status, body, **headers):
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *arguments):
        pass


DIALECTS = {
    "/translate": {
        "read": lambda body, headers: (body["q"], body["target"], body.get("api_key", "")),
        "write": lambda texts: {"translatedText": texts},
        "error": lambda text: {"error": text},
    },
    "/v2/translate": {
        "read": lambda body, headers: (
            body["text"],
            body["target_lang"],
            headers["Authorization"].removeprefix("DeepL-Auth-Key "),
        ),
        "write": lambda texts: {"translations": [{"detected_source_language": "DE", "text": text} for text in texts]},
        "error": lambda text: {"message": text},
    },
    "/language/translate/v2": {
        "read": lambda body, headers: (body["q"], body["target"], headers["X-Goog-Api-Key"]),
        "write": lambda texts: {"data": {"translations": [{"translatedText": text} for text in texts]}},
        "error": lambda text: {"error": {"code": 403, "message": text}},
    },
}


def status(code, **headers):
    return lambda handler, dialect, texts: handler.send(code, dialect["error"]("no"), **headers)


def body(content):
    return lambda handler, dialect, texts: handler.send(200, content)


def translated(change):
    """The service's answer with a fault in each text."""
    return lambda handler, dialect, texts: handler.send(
        200, dialect["write"]([change(backwards(text)) for text in texts])
    )


def fewer(handler, dialect, texts):
    handler.send(200, dialect["write"](texts[1:]))


def closing(handler, dialect, texts):
    handler.connection.shutdown(socket.SHUT_RDWR)
    handler.close_connection = True


def hanging(handler, dialect, texts):
    handler.server.stopping.wait(5)
    handler.close_connection = True


def dripping(handler, dialect, texts):
    """Always something, never an end."""
    handler.send_response(200)
    handler.end_headers()
    try:
        while not handler.server.stopping.wait(0.03):
            handler.wfile.write(b" " * 1024)
            handler.wfile.flush()
    except OSError:
        pass
    handler.close_connection = True


def slow(handler, dialect, texts):
    time.sleep(0.05)
    handler.send(200, dialect["write"]([backwards(text) for text in texts]))


@contextmanager
def serving():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.stopping, server.service = threading.Event(), Service()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    server.service.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield server.service
    finally:
        server.stopping.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
