"""Answers questions beside the running site: each line is Python, and what it prints is the answer.

One process for all questions, because Django takes seconds to start.
"""

import io
import json
import sys
from contextlib import redirect_stdout

import django
from django.db import connections


def main() -> None:
    django.setup()
    for line in sys.stdin:
        told = io.StringIO()
        with redirect_stdout(told):
            exec(json.loads(line), {})
        connections.close_all()
        print(json.dumps(told.getvalue()), flush=True)


if __name__ == "__main__":
    main()
