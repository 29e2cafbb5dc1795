"""Holds a variant's code while it runs: no writing, no processes, no network."""

import atexit
import os
import shutil
import sys
import tempfile
import threading

#: Events of the interpreter that a builder has no business with (PEP 578).
REFUSED = {
    "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork",
    "os.forkpty", "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink",
    "os.truncate", "os.chmod", "os.chown", "os.kill", "shutil.rmtree", "shutil.copyfile",
    "shutil.move", "socket.connect", "socket.bind", "socket.getaddrinfo", "urllib.Request",
    "ctypes.dlsym", "webbrowser.open",
}

#: Those of them that are fine inside the scratch folder.
ON_FILES = {event for event in REFUSED if event.startswith(("os.", "shutil."))} - {
    "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty", "os.kill",
}

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Guard:
    """A context; hooks of the interpreter cannot be taken back, so this one asks whether it is
    entered, and by which thread."""

    def __init__(self):
        self._thread = None
        scratch = tempfile.mkdtemp(prefix="cortex-worker-")
        tempfile.tempdir = os.environ["TMPDIR"] = scratch
        atexit.register(shutil.rmtree, scratch, ignore_errors=True)
        compiled = os.environ.get("CORTEX_COMPILED")
        covered = os.environ.get("CORTEX_COVERED") and os.environ.get("CORTEX_COVER")
        own = [each for each in (scratch, compiled, covered) if each]
        self._own = tuple(os.path.realpath(each) + os.sep for each in own)
        sys.addaudithook(self._look)

    def __enter__(self):
        self._thread = threading.get_ident()
        return self

    def __exit__(self, *_):
        self._thread = None

    def _look(self, event, args):
        if self._thread is None or threading.get_ident() != self._thread:
            return
        if event in REFUSED and not (event in ON_FILES and self._is_own(args[0])):
            raise PermissionError(f"{event} {readable(args)}")
        if event == "open" and writes(args) and not self._is_own(args[0]):
            raise PermissionError(f"writing {args[0]}")

    def _is_own(self, path):
        """In the worker's scratch folder, or where a framework keeps what it compiled."""
        if not isinstance(path, (str, bytes, os.PathLike)):
            return False
        place = os.path.realpath(os.path.join(os.getcwd(), os.fsdecode(path)))
        return place.startswith(self._own)


def writes(args):
    path, mode, flags = (*args, None, None, None)[:3]
    if path in (os.devnull, None) or isinstance(path, int):
        return False
    if isinstance(mode, str):
        return any(letter in mode for letter in "wax+")
    return isinstance(flags, int) and bool(flags & WRITING)


def readable(args):
    return " ".join(str(arg)[:80] for arg in args if isinstance(arg, (str, bytes, list, tuple)))[:160]
