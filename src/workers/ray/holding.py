"""A slot as the bridge holds it: an actor on some node, what is said to it and what it says."""

import threading

import onnode
from orders import Orders


def on_node():
    """What runs on a node goes there as code: nobody has to install it."""
    import ray

    ray.cloudpickle.register_pickle_by_value(onnode)
    return onnode


#: Methods of an actor that run beside each other: `hear` waits while something is said.
THREADS = 4


class Hold:
    """Asks Ray for a slot at once; `started` comes when a node has the room for it."""

    def __init__(self, slot, resources, channel, store):
        self._slot = slot
        self._resources = resources
        self._channel = channel
        self._store = store
        self._orders = Orders()
        self._actor = None
        self._lock = threading.Lock()
        self._is_over = False
        threading.Thread(target=self._live, daemon=True).start()

    def order(self, kind, *given):
        self._orders.put(kind, *given)

    def stop(self):
        """Nothing is heard of it any more."""
        import ray

        with self._lock:
            self._is_over = True
            self._orders.end()
            if self._actor is not None:
                ray.kill(self._actor)

    def _live(self):
        import ray

        try:
            with self._lock:
                if self._is_over:
                    return
                self._actor = self._remote(ray)
            facts = onnode.heard(ray.get(self._actor.facts.remote()))
            self._send(type="started", facts=facts)
            for order in self._orders:
                self._follow(ray, *order)
        except ray.exceptions.RayTaskError as error:
            self._refuse(error.cause if isinstance(error.cause, OSError) else error)
        except ray.exceptions.RayError as error:
            self._lost(error)

    def _remote(self, ray):
        memory = int(self._resources["memoryMB"] * 2**20)
        return ray.remote(on_node().Slot).options(
            num_cpus=self._resources["cpus"],
            num_gpus=self._resources["gpus"],
            memory=memory,
            max_concurrency=THREADS,
            max_restarts=0,
            scheduling_strategy="SPREAD",
        ).remote()

    def _follow(self, ray, kind, *given):
        if kind == "place":
            number, tree = given
            missing = ray.get(self._actor.missing.remote(tree))
            blobs = {each["sha256"]: self._store.refs(each) for each in missing}
            root = ray.get(self._actor.place.remote(tree, blobs))
            self._send(type="placed", id=number, root=root)
        elif kind == "run":
            ray.get(self._actor.run.remote(*given))
            threading.Thread(target=self._listen, daemon=True).start()
        else:
            ray.get(self._actor.say.remote(*given))

    def _listen(self):
        import ray

        try:
            while not self._is_over:
                data, ending = ray.get(self._actor.hear.remote())
                if data:
                    self._send(data, type="heard", bytes=len(data))
                if ending is not None:
                    self._end(how="exit", **ending)
                    return
        except ray.exceptions.RayError as error:
            self._lost(error)

    def _lost(self, error):
        self._end(how="lost", code=None, stderr=[str(error).strip().split("\n")[0][:300]])

    def _end(self, **how):
        self._tell_last(type="ended", **how)

    def _refuse(self, error):
        self._tell_last(type="refused", error=onnode.told(error))

    def _tell_last(self, **reply):
        """Once, by whoever learns of it first."""
        with self._lock:
            is_news = not self._is_over
            self._is_over = True
        if is_news:
            self._channel.send(slot=self._slot, **reply)
            self._orders.end()

    def _send(self, frame=b"", **reply):
        if not self._is_over:
            self._channel.send(frame, slot=self._slot, **reply)
