"""Requests from standard input, replies on descriptor 3, each behind the word `hello` gave."""

import json
import math
import os
import queue
import sys
import threading

REPLY_DESCRIPTOR = 3

#: What belongs to the request that is worked on.
WITHIN = (
    "from-guest", "rows", "outputs-wanted", "weights-wanted", "times-wanted", "files-wanted", "go",
)


class Channel:
    """Replies are written before `send` returns, so that nothing said is lost when a worker dies."""

    def __init__(self):
        self._word = ""
        self._lock = threading.Lock()
        self._write = os.write

    def greet(self, word):
        self._word = word

    def send(self, frame=b"", **reply):
        """`frame`: the bytes that the reply announces."""
        text = json.dumps(finite(reply), allow_nan=False, separators=(",", ":"))
        line = f"{self._word} {text}\n".encode("utf-8") + frame
        with self._lock:
            while line:
                line = line[self._write(REPLY_DESCRIPTOR, line) :]


class Requests:
    """Requests in the order they came; `cancel` takes effect while another one is worked on."""

    def __init__(self):
        self._waiting = queue.SimpleQueue()
        self._within = queue.SimpleQueue()
        self._cancelled = set()
        self._input = sys.stdin.buffer
        # What the user's code reads is empty: requests are read by the worker alone.
        sys.stdin = open(os.devnull, encoding="utf-8")
        threading.Thread(target=self._read, daemon=True).start()

    def __iter__(self):
        return iter(self._waiting.get, None)

    def within(self):
        """The next message that belongs to what is worked on, and the bytes behind it."""
        heard = self._within.get()
        if heard is None:
            # Whoever asked is gone; what the variant does wrong is not to be told any more.
            raise KeyboardInterrupt
        return heard

    def is_cancelled(self, request_id):
        return request_id in self._cancelled

    def _read(self):
        for line in self._input:
            request = parsed(line)
            frame = self._input.read(request.get("bytes") or 0)
            if request.get("type") == "cancel":
                self._cancelled.add(request.get("id"))
            elif request.get("type") in WITHIN:
                self._within.put((request, frame))
            else:
                self._waiting.put({**request, "frame": frame})
        self._waiting.put(None)
        self._within.put(None)


def parsed(line):
    try:
        request = json.loads(line)
    except ValueError as error:
        return {"type": "bad", "problem": f"not JSON: {error}"}
    return request if isinstance(request, dict) else {"type": "bad", "problem": "no object"}


def finite(value):
    """JSON knows no NaN: what is no finite number becomes null."""
    if isinstance(value, dict):
        return {str(key): finite(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [finite(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


class ToGuest:
    """From the trainer to the process of a variant, and back."""

    def __init__(self, session, request):
        self.session = session
        self.id = request["id"]

    def say(self, kind, frame=b"", **fields):
        message = {"type": kind, "id": self.id, **fields}
        if kind in ("fit", "load", "outputs-wanted"):
            message["bytes"] = len(frame)
        self.session.channel.send(
            frame, type="to-guest", id=self.id, message=message, bytes=len(frame)
        )

    def hear(self):
        while True:
            request, frame = self.session.requests.within()
            if request["id"] == self.id:
                return request["message"], frame


class ToTrainer:
    """From the process of a variant to the trainer, and back."""

    def __init__(self, session, request):
        self.session = session
        self.id = request["id"]

    def say(self, kind, frame=b"", **fields):
        if kind in ("outputs", "weights", "files"):
            fields["bytes"] = len(frame)
        self.session.channel.send(frame, type=kind, id=self.id, **fields)

    def hear(self):
        while True:
            message, frame = self.session.requests.within()
            if message["id"] == self.id:
                return message, frame
