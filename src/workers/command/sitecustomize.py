"""Python loads this by itself as it starts: everything random of a training command begins from
CORTEX_SEED, and what its script sets itself counts for nothing, or every seed were the same."""

import importlib.abc
import importlib.machinery
import os
import random
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
#: By module: what seeds it, and what its script would seed it with.
SEEDED = {
    "numpy": [("random.seed", True)],
    "torch": [("manual_seed", True), ("seed", False)],
    "tensorflow": [("random.set_seed", True)],
    "keras": [("utils.set_random_seed", True)],
}


def begin():
    seed = int(os.environ["CORTEX_SEED"]) % 2**32
    random.seed(seed)
    random.seed = nothing
    sys.meta_path.insert(0, Seeder(seed))


class Seeder(importlib.abc.MetaPathFinder):
    """Finds the modules as ever, and seeds each once it is loaded."""

    def __init__(self, seed):
        self._seed = seed
        self._busy = set()

    def find_spec(self, name, path=None, target=None):
        if name not in SEEDED or name in self._busy:
            return None
        self._busy.add(name)
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.loader is not None:
            load = spec.loader.exec_module

            def exec_module(module):
                load(module)
                seed_module(module, name, self._seed)

            spec.loader.exec_module = exec_module
        return spec


def seed_module(module, name, seed):
    for path, begins in SEEDED[name]:
        *owners, attribute = path.split(".")
        owner = module
        for each in owners:
            owner = getattr(owner, each, None)
        if owner is None or not hasattr(owner, attribute):
            continue
        if begins:
            getattr(owner, attribute)(seed)
        setattr(owner, attribute, nothing)


def nothing(*args, **kwargs):
    """A seed that the script sets itself."""


def load_next():
    """What another sitecustomize of this Python does is done, too."""
    path = [entry for entry in sys.path if os.path.abspath(entry or ".") != HERE]
    spec = importlib.machinery.PathFinder.find_spec("sitecustomize", path)
    if spec is not None and spec.loader is not None:
        spec.loader.exec_module(importlib.util.module_from_spec(spec))


import importlib.util  # noqa: E402

load_next()
if os.environ.get("CORTEX_START"):
    begin()
