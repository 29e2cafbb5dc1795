"""A Ray of its own for tests and benches: a head without CPUs and small nodes, all on 127.0.0.1.
Says `{"address": …, "folder": …}`, then obeys lines on standard input: `kill N` ends the N-th node that is
there by SIGKILL and `add` brings another; each is answered by `{"nodes": …}`. It ends, and Ray with
it, when its input does. Usage: cluster.py NODES CPUS"""

import json
import os
import shutil
import sys
import tempfile

os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
# Workers are started when they are asked for, not one a CPU at once.
os.environ["RAY_prestart_worker_first_driver"] = "0"
os.environ["RAY_enable_worker_prestart"] = "0"

# Whatever token is in the home of who runs the tests.
os.environ["RAY_AUTH_MODE"] = "disabled"
# Everything listens on 127.0.0.1 alone.
os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"
# Ray's own files; names of sockets below it may have 107 characters.
FOLDER = os.environ["RAY_TMPDIR"] = tempfile.mkdtemp(prefix="cortex-ray-", dir="/tmp")

from ray.cluster_utils import Cluster

STORE = 80 * 2**20
#: A node that is gone is known to be within seconds, one that is slow is not taken for gone.
HEALTH = {
    "health_check_initial_delay_ms": 0,
    "health_check_period_ms": 1000,
    "health_check_failure_threshold": 20,
}


def main(nodes, cpus):
    common = {
        "object_store_memory": STORE,
        "include_dashboard": False,
        "include_log_monitor": False,
        "num_gpus": 0,
    }
    cluster = Cluster()
    cluster.add_node(num_cpus=0, _system_config=HEALTH, **common)
    there = [cluster.add_node(num_cpus=cpus, **common) for _ in range(nodes)]
    say(address=cluster.address, folder=FOLDER)
    for line in sys.stdin:
        word, *rest = line.split()
        if word == "kill":
            cluster.remove_node(there.pop(int(rest[0]) % len(there)), allow_graceful=False)
        elif word == "add":
            there.append(cluster.add_node(num_cpus=cpus, **common))
        say(nodes=len(there))
    cluster.shutdown()
    shutil.rmtree(FOLDER, ignore_errors=True)


def say(**fields):
    print(json.dumps(fields), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
