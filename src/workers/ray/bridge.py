"""The bridge to Ray: started by Cortex with the user's own Python, one JSON document a line on
standard input, answers on descriptor 3, bytes behind the line that announces them (see
src/execution/ray/bridgeMessages.ts). It ends with its input, and its slots with it."""

import json
import os
import sys
import threading

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:] = [HERE] + [entry for entry in sys.path if entry not in ("", HERE)]

from connecting import Refused, close, connect, survey
from holding import Hold
from store import Store

REPLY_DESCRIPTOR = 3


class Channel:
    """Answers to Cortex, whole: threads take turns."""

    def __init__(self):
        self._lock = threading.Lock()

    def send(self, frame=b"", **reply):
        line = json.dumps(reply, separators=(",", ":")).encode("utf-8") + b"\n"
        with self._lock:
            for piece in (line, frame):
                view = memoryview(piece)
                while view:
                    view = view[os.write(REPLY_DESCRIPTOR, view) :]


class Bridge:
    """What Cortex may ask; a slot is known by the number that Cortex gave it."""

    def __init__(self, channel):
        self.channel = channel
        self.store = Store()
        self.holds = {}

    def open(self, message, _):
        try:
            self.channel.send(type="opened", **connect(message["address"]))
        except Refused as refused:
            self.channel.send(type="refused", slot=None, error=refused.fields)

    def survey(self, message, _):
        def ask():
            self.channel.send(type="surveyed", id=message["id"], nodes=survey())

        threading.Thread(target=ask, daemon=True).start()

    def start(self, message, _):
        slot = message["slot"]
        self.holds[slot] = Hold(slot, message["resources"], self.channel, self.store)

    def place(self, message, _):
        self.holds[message["slot"]].order("place", message["id"], message["tree"])

    def run(self, message, _):
        self.holds[message["slot"]].order("run", message["command"])

    def say(self, message, frame):
        self.holds[message["slot"]].order("say", frame)

    def stop(self, message, _):
        self.holds.pop(message["slot"]).stop()


def serve():
    bridge = Bridge(Channel())
    requests = sys.stdin.buffer
    for line in requests:
        message = json.loads(line)
        frame = requests.read(message.get("bytes", 0))
        getattr(bridge, message["type"])(message, frame)
    for hold in bridge.holds.values():
        hold.stop()
    close()
    # Threads may still wait for slots that never came.
    os._exit(0)


if __name__ == "__main__":
    serve()
