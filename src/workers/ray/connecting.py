"""Connecting to Ray, soon or with clear words, and what its nodes are."""

import os
import secrets
import shutil
import socket
import sys
import tempfile
import time

OLDEST = (2, 9)
CONNECT_SECONDS = 5
SURVEY_SECONDS = 30

os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
os.environ.setdefault("RAY_DEDUP_LOGS", "0")

#: Folder of a Ray that was started here; removed with it.
own_folder = None


class Refused(Exception):
    """Becomes a CortexError on the other side."""

    def __init__(self, code, happened, expected, remedy):
        super().__init__(happened)
        self.fields = {
            "code": code,
            "kind": "environment",
            "happened": happened,
            "expected": expected,
            "remedy": remedy,
        }


def connect(address):
    """Connects to `local` (a Ray of its own), `auto`, `host:port` or `ray://host:port`; the
    versions and the nodes of it."""
    require_port(address)
    if address == "local" or is_loopback_alone(address):
        # What Ray knows as the way to stay on this machine, wherever it runs.
        os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"
    set_token(address)
    ray = import_ray()
    try:
        start_own(ray) if address == "local" else join(ray, address)
    except (RuntimeError, ConnectionError, ValueError, TimeoutError, OSError) as error:
        raise not_connected(address, ray, error) from error
    return {"ray": ray.__version__, "python": dotted(sys.version_info[:3]), "nodes": nodes()}


def set_token(address):
    """A Ray of its own takes orders from here alone, and leaves no token in the user's home; Ray's
    client finds one that is there only when it is told to."""
    if address == "local":
        os.environ.update(RAY_AUTH_MODE="token", RAY_AUTH_TOKEN=secrets.token_hex(32))
    elif address.startswith("ray://") and has_token():
        os.environ.setdefault("RAY_AUTH_MODE", "token")


def has_token():
    named = os.environ.get("RAY_AUTH_TOKEN") or os.environ.get("RAY_AUTH_TOKEN_PATH")
    return bool(named) or os.path.exists(os.path.expanduser("~/.ray/auth_token"))


def import_ray():
    try:
        import ray
    except ImportError as error:
        raise Refused(
            "ray-not-installed",
            f"{sys.executable} has no Ray ({error}).",
            f"a Python with Ray {dotted(OLDEST)} or newer, the version of the cluster.",
            f"{sys.executable} -m pip install ray, or name another Python: --python, "
            "cortex.python.",
        ) from error
    if numbers(ray.__version__) < OLDEST:
        raise Refused(
            "ray-too-old",
            f"{sys.executable} has Ray {ray.__version__}.",
            f"Ray {dotted(OLDEST)} or newer.",
            "Install the version of your cluster: pip install 'ray==<version>'.",
        )
    return ray


def require_port(address):
    """Ray itself tries for minutes where nobody answers."""
    if address in ("local", "auto"):
        return
    try:
        knock(*place_of(address))
    except OSError as error:
        raise unreachable(address, error) from error


def place_of(address):
    host, _, port = address.removeprefix("ray://").rpartition(":")
    return host.strip("[]"), int(port)


def knock(host, port):
    socket.create_connection((host, port), CONNECT_SECONDS).close()


def is_loopback_alone(address):
    """A head of this machine that no other can reach: Ray takes 127.0.0.1 for the machine's
    address in its network, and would not find it."""
    if address == "auto" or address.startswith("ray://"):
        return False
    host, port = place_of(address)
    if host not in ("127.0.0.1", "localhost", "::1"):
        return False
    try:
        knock(own_address(), port)
        return False
    except OSError:
        return True


def own_address():
    """Of this machine in its network; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("8.8.8.8", 53))
        return probe.getsockname()[0]


def unreachable(address, error):
    return Refused(
        "ray-unreachable",
        f"Nobody answers at {address}: {first_line(error)}.",
        "a Ray cluster whose head is up and whose port can be reached from here.",
        "Start it (ray start --head --ray-client-server-port 10001), or correct the address; "
        "--executor local trains on this machine.",
    )


def start_own(ray):
    global own_folder
    # Names of sockets below it may have 107 characters.
    short = "/tmp" if os.path.isdir("/tmp") else None
    own_folder = os.environ["RAY_TMPDIR"] = tempfile.mkdtemp(prefix="cortex-ray-", dir=short)
    ray.init(
        address="local",
        include_dashboard=False,
        log_to_driver=False,
        logging_level="ERROR",
    )


def join(ray, address):
    options = {"namespace": "cortex", "log_to_driver": False, "logging_level": "ERROR"}
    ray.init(address, **options)


def close():
    import ray

    ray.shutdown()
    if own_folder is not None:
        shutil.rmtree(own_folder, ignore_errors=True)


def not_connected(address, ray, error):
    said = first_line(error)
    if "version" in said.lower() or "version mismatch" in str(error).lower():
        return Refused(
            "ray-version",
            f"Ray {ray.__version__} on Python {dotted(sys.version_info[:3])} does not fit the "
            f"cluster at {address}: {str(error).strip()[:400]}",
            "the same versions of Ray and Python here as in the cluster.",
            "Install the cluster's version of Ray here, or name a Python that has it: --python, "
            "cortex.python.",
        )
    if address == "auto":
        return Refused(
            "ray-unreachable",
            f"No running Ray was found on this machine: {said}",
            "one that was started with ray start.",
            "Start it (ray start --head), or name an address: --executor ray:host:port.",
        )
    return unreachable(address, error)


def nodes():
    """The nodes that are alive, with what there is of them in all."""
    import ray

    free = free_cpus()
    return [described(node, free) for node in ray.nodes() if node["Alive"]]


def free_cpus():
    """By node, what nobody has taken; empty where this Ray does not tell."""
    try:
        from ray._private.state import available_resources_per_node

        return {node: has.get("CPU", 0) for node, has in available_resources_per_node().items()}
    except Exception:
        # Not of its public interface: it may go, and fail in ways of its own.
        return {}


def described(node, free):
    resources = node.get("Resources", {})
    return {
        "id": node["NodeID"],
        "host": node.get("NodeManagerHostname", ""),
        "address": node.get("NodeManagerAddress", ""),
        "cpus": resources.get("CPU", 0),
        "freeCpus": free.get(node["NodeID"]),
        "gpus": resources.get("GPU", 0),
        "memoryMB": int(resources.get("memory", 0) / 2**20),
        "facts": None,
    }


def survey():
    """The same, with what stands on each: asked of a small task there; `None` where none came."""
    import ray
    from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy as Affinity

    from holding import on_node

    ask = ray.remote(num_cpus=0, max_retries=0)(on_node().facts)
    there = nodes()
    asked = {
        ask.options(scheduling_strategy=Affinity(each["id"], soft=False)).remote(): each
        for each in there
    }
    until = time.monotonic() + SURVEY_SECONDS
    waiting = list(asked)
    while waiting and time.monotonic() < until:
        ready, waiting = ray.wait(waiting, timeout=until - time.monotonic())
        for ref in ready:
            try:
                asked[ref]["facts"] = on_node().heard(ray.get(ref))
            except ray.exceptions.RayError:
                # It went away while it was asked.
                continue
    return there


def numbers(version):
    return tuple(int(part) for part in version.split(".")[:2] if part.isdigit())


def dotted(version):
    return ".".join(str(part) for part in version)


def first_line(error):
    text = str(error).strip()
    return text.split("\n")[0][:300] if text else type(error).__name__
