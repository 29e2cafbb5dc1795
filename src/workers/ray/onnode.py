"""What runs on a node of the cluster: it goes there as code and needs the standard library and Ray
alone. A slot keeps files by their content, starts the node's side of Cortex and passes on what it
says."""

import errno
import hashlib
import importlib.metadata
import os
import platform
import queue
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time

#: What trains Python models, and what their numbers may depend on.
PACKAGES = ("keras", "jax", "jaxlib", "tensorflow", "tensorflow-cpu", "torch", "numpy")
LAST_LINES = 40
CHUNK = 2**20
#: What was not used for so long is removed.
KEPT_SECONDS = 30 * 24 * 3600


def facts():
    """What stands on this node."""
    import ray

    folder = cache_folder()
    return {
        "node": ray.get_runtime_context().get_node_id(),
        "host": socket.gethostname(),
        "platform": f"{sys.platform}-{machine()}",
        "python": platform.python_version(),
        "interpreter": sys.executable,
        "packages": packages(),
        "nodeProgram": node_program(),
        "freeMB": shutil.disk_usage(folder).free // 2**20,
        "clock": time.time(),
    }


def heard(told):
    """Facts that have just come: by how many seconds the node's clock is before this one."""
    clock = told.pop("clock")
    return {**told, "clockAhead": round(clock - time.time(), 1)}


def machine():
    """As Node names it."""
    name = platform.machine().lower()
    return {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64"}.get(name, name)


def packages():
    found = {}
    for name in PACKAGES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def node_program():
    """The Node of this node and its version; `None` where it has none."""
    path = shutil.which("node")
    if path is None:
        return None
    told = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=20)
    version = told.stdout.strip().removeprefix("v")
    return {"path": path, "version": version} if version else None


def cache_folder():
    """A folder of Cortex's own on this node."""
    home = os.path.expanduser("~")
    caches = "Library/Caches" if sys.platform == "darwin" else ".cache"
    own = os.environ.get("CORTEX_CACHE") or os.path.join(
        os.environ.get("XDG_CACHE_HOME") or os.path.join(home, caches), "model-cortex"
    )
    folder = os.path.join(own, "ray")
    try:
        os.makedirs(os.path.join(folder, "blobs"), exist_ok=True)
        os.makedirs(os.path.join(folder, "trees"), exist_ok=True)
    except OSError:
        # A home that cannot be written to, as in some containers.
        folder = os.path.join(tempfile.gettempdir(), f"cortex-{os.getuid()}", "ray")
        os.makedirs(os.path.join(folder, "blobs"), exist_ok=True)
        os.makedirs(os.path.join(folder, "trees"), exist_ok=True)
    return folder


class Slot:
    """An actor: one worker slot. `hear` waits for what the program says; all else is quick."""

    def __init__(self):
        # Ray sets it by the slot's CPUs, and a trial's sums would depend on it.
        os.environ.pop("OMP_NUM_THREADS", None)
        self._folder = cache_folder()
        self._process = None
        self._heard = queue.SimpleQueue()
        self._last = []
        tidy(self._folder)

    def facts(self):
        return facts()

    def missing(self, tree):
        """Files of a tree whose content is not on this node yet."""
        if os.path.isdir(self._root(tree)):
            return []
        return [each for each in tree["files"] if not os.path.exists(self._blob(each))]

    def place(self, tree, blobs):
        """Makes the tree's files, from what is here and what `blobs` refers to; their folder."""
        import ray

        for file in tree["files"]:
            refs = blobs.get(file["sha256"])
            if refs is not None and not os.path.exists(self._blob(file)):
                self._keep(file, (ray.get(ref) for ref in refs))
        root = self._root(tree)
        if not os.path.isdir(root):
            self._make(tree, root)
        os.utime(root)
        return root

    def run(self, command):
        environment = {**os.environ, **command["environment"]}
        environment["CORTEX_CACHE"] = os.path.dirname(self._folder)
        self._process = subprocess.Popen(
            [command["program"], *command["arguments"]],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            env=environment,
            start_new_session=True,
        )
        listening = threading.Thread(target=self._listen, daemon=True)
        listening.start()
        threading.Thread(target=self._note, args=(listening,), daemon=True).start()

    def say(self, data):
        view = memoryview(data)
        try:
            while view:
                view = view[self._process.stdin.write(view) :]
        except (BrokenPipeError, ValueError):
            # It has ended, and `hear` says so.
            return

    def hear(self):
        """What the program said since the last time, and how it ended where it did."""
        pieces, size, piece = [], 0, self._heard.get()
        while isinstance(piece, bytes):
            pieces.append(piece)
            size += len(piece)
            if size > 8 * CHUNK or self._heard.empty():
                return b"".join(pieces), None
            piece = self._heard.get()
        return b"".join(pieces), piece

    def _listen(self):
        while data := os.read(self._process.stdout.fileno(), CHUNK):
            self._heard.put(data)

    def _note(self, listening):
        for line in self._process.stderr:
            self._last = [*self._last, line.decode("utf-8", "replace").rstrip()][-LAST_LINES:]
        listening.join()
        self._heard.put({"code": self._process.wait(), "stderr": self._last})

    def _root(self, tree):
        return os.path.join(self._folder, "trees", tree["hash"])

    def _blob(self, file):
        return os.path.join(self._folder, "blobs", file["sha256"])

    def _keep(self, file, pieces):
        """Whole and right, or not at all: several slots may bring the same file."""
        hash_ = hashlib.sha256()
        handle, temporary = tempfile.mkstemp(dir=os.path.join(self._folder, "blobs"))
        try:
            with os.fdopen(handle, "wb") as target:
                for piece in pieces:
                    hash_.update(piece)
                    target.write(piece)
            if hash_.hexdigest() != file["sha256"]:
                raise OSError(errno.EIO, "A file arrived with another content", file["path"])
            os.replace(temporary, self._blob(file))
        except BaseException:
            os.unlink(temporary)
            raise

    def _make(self, tree, root):
        temporary = tempfile.mkdtemp(dir=os.path.join(self._folder, "trees"))
        os.chmod(temporary, 0o755)
        try:
            for file in tree["files"]:
                path = os.path.join(temporary, *file["path"].split("/"))
                os.makedirs(os.path.dirname(path), exist_ok=True)
                shutil.copyfile(self._blob(file), path)
                os.chmod(path, 0o755 if file["executable"] else 0o644)
            os.rename(temporary, root)
        except OSError:
            shutil.rmtree(temporary, ignore_errors=True)
            # Another slot was quicker.
            if not os.path.isdir(root):
                raise


def tidy(folder):
    """Removes what was not used for long; who else does the same at this moment is no harm."""
    oldest = time.time() - KEPT_SECONDS
    for kind in ("trees", "blobs"):
        for entry in os.scandir(os.path.join(folder, kind)):
            try:
                if entry.stat().st_mtime < oldest:
                    shutil.rmtree(entry.path) if entry.is_dir() else os.unlink(entry.path)
            except OSError:
                continue


def told(error):
    """What could not be done on a node, as a refusal."""
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return {
            "code": "ray-disk-full",
            "kind": "environment",
            "happened": f"The disk of a node is full: {error}",
            "expected": "room for the study's files and Cortex's own.",
            "remedy": "Make room there (the folder model-cortex/ray of its cache may be removed).",
        }
    return {
        "code": "ray-node-failed",
        "kind": "environment",
        "happened": f"A node could not be made ready: {str(error).strip()[-400:]}",
        "expected": "it to keep files and to start programs.",
        "remedy": "See to that node, or take it out of the cluster.",
    }
