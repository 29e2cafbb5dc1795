"""What is to be done on a slot, in its order; what is said in pieces goes in one."""

import collections
import threading


class Orders:
    """Filled by one thread, emptied by another."""

    def __init__(self):
        self._waiting = collections.deque()
        self._changed = threading.Condition()
        self._is_over = False

    def put(self, kind, *given):
        with self._changed:
            self._waiting.append((kind, *given))
            self._changed.notify()

    def end(self):
        with self._changed:
            self._is_over = True
            self._changed.notify()

    def __iter__(self):
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._is_over)
                if self._is_over:
                    return
                order = self._next()
            yield order

    def _next(self):
        kind, *given = self._waiting.popleft()
        if kind != "say":
            return (kind, *given)
        pieces = given
        while self._waiting and self._waiting[0][0] == "say":
            pieces.append(self._waiting.popleft()[1])
        return ("say", b"".join(pieces))
