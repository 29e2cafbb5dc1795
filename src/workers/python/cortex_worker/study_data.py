"""Reads a study's data, and keeps the last one as long as its files and settings stay the same."""

import json
import os

from .arrays import described, is_pair, pair_of, to_array, to_inputs, wrong_form
from .modules import data_failed, load_file
from .outcome import Refused
from .parts import Table, join_parts, split_off_validation, split_table
from .tables import missing, read_npz, read_table
from .targets import read_targets

#: Data that were taken from a run of the user's script stand in a folder of Cortex's own.
ATTACHED = "attached:"

SHAPING = ("data", "split", "preprocessing")


class StudyDataCache:
    """`seed` puts randomness in a known state: a module that makes up its data does so alike."""

    def __init__(self, seed):
        self._seed = seed
        self._kept = None

    def sealed(self, study):
        key = self._key(study)
        if self._kept is None or self._kept[0] != key:
            self._kept = (key, self._read(study, unsealed=False))
        return self._kept[1]

    def unsealed(self, study):
        """With its test part; read anew each time and never kept."""
        data = self._read(study, unsealed=True)
        if data.test is None:
            raise Refused(
                "data-no-test-part",
                "The study has no test part to evaluate on.",
                'a test share above 0 under "split", or a test part among the ready-made splits.',
                'Set "split.test" in cortex.json, or return a test part from load_data.',
            )
        return data

    def _read(self, study, unsealed):
        self._seed(study["config"]["split"]["seed"])
        return read_data(study, unsealed)

    def _key(self, study):
        settings = [study["config"].get(name) for name in SHAPING]
        return json.dumps([study["folder"], settings, stamps_of(study)])


def stamps_of(study):
    """Size and time of every file of data that lies in the study's folder or is named."""
    folder = study["folder"]
    names = [entry.path for entry in os.scandir(folder) if entry.is_file()]
    source = study["config"].get("data")
    for path in [source] if isinstance(source, str) else (source or {}).values():
        if isinstance(path, str) and os.path.exists(os.path.join(folder, path)):
            names.append(os.path.join(folder, path))
    stats = ((path, os.stat(path)) for path in sorted(set(names)))
    return [(path, stat.st_size, stat.st_mtime_ns) for path, stat in stats]


def read_data(study, unsealed):
    folder, config = study["folder"], study["config"]
    source = config.get("data", "data.py")
    if isinstance(source, dict) and "npz" in source:
        parts = read_npz(os.path.join(folder, source["npz"]), source.get("task"))
        return joined(parts, config, unsealed)
    if isinstance(source, dict):
        if "images" in source:
            raise Refused(
                "data-images-not-read",
                "A folder of images is read for TypeScript and JavaScript models only.",
                "a data module (data.py with load_data) that reads them.",
                'Name one under "data" in cortex.json.',
            )
        named = next(source[key] for key in ("csv", "jsonl", "parquet") if key in source)
        path = os.path.join(folder, named)
        return split_table(read_table(path, source), config, unsealed)
    path = path_of(source, folder)
    if path.endswith(".npz"):
        return joined(read_npz(path), config, unsealed)
    return joined(tables_of(call_loader(path), config.get("task")), config, unsealed)


def path_of(source, folder):
    if source.startswith(ATTACHED):
        return os.path.join(os.environ.get("CORTEX_ATTACHED", ""), source[len(ATTACHED) :])
    return os.path.join(folder, source)


def joined(parts, config, unsealed):
    """Tables by part, as a study's data; the test part is dropped under the seal."""
    if "whole" in parts:
        return split_table(parts["whole"], config, unsealed)
    test = parts.get("test")
    sealed = (test if unsealed else None, 0 if test is None else len(test))
    if "validation" not in parts:
        return split_off_validation(parts["train"], sealed, config)
    if config["split"]["folds"] > 1:
        raise Refused(
            "data-not-foldable",
            '"split.folds" is above 1 in cortex.json, but the data have a validation part.',
            "rows that Cortex may deal out: without a validation part.",
            'Return the rows without one, or take "folds" out of cortex.json.',
        )
    return join_parts(parts["train"], parts["validation"], sealed, config)


def call_loader(path):
    if not os.path.exists(path):
        raise missing(path)
    module = load_file(path, "loading it")
    loader = getattr(module, "load_data", None)
    if not callable(loader):
        names = [name for name in vars(module) if not name.startswith("_")]
        raise Refused(
            "data-no-loader",
            f"{path} defines {', '.join(names) or 'nothing'}, but no load_data.",
            "a function load_data() that returns (inputs, targets), or splits of them.",
            "Define a function named load_data.",
        )
    try:
        return loader()
    except (Exception, SystemExit) as error:
        raise data_failed(path, error, "load_data") from error


def tables_of(value, task):
    """By part, whatever form load_data returned; what it says of the task goes before `task`."""
    task = value.get("task", task) if isinstance(value, dict) else task
    if isinstance(value, dict) and "train" in value:
        parts = {name: value[name] for name in ("train", "validation", "test") if name in value}
        return read_parts(parts, task)
    if isinstance(value, (list, tuple)) and not is_table(value):
        return read_parts(splits_of(value), task)
    return {"whole": table_of(value, "what load_data returned", task)}


def read_parts(parts, task):
    given = {name: part for name, part in parts.items() if part is not None}
    train = table_of(given.pop("train"), "train", task)
    others = {name: table_of(part, name, train.targets.task) for name, part in given.items()}
    return {"train": train, **others}


def table_of(value, name, task):
    inputs, targets = pair_of(value, name)
    return Table(to_inputs(inputs, "inputs"), read_targets(targets, task))


def is_table(value):
    """(inputs, targets): as many of one as of the other, and more than two."""
    return is_pair(value) and row_count(value[0]) == row_count(value[1]) != 2


def row_count(value):
    try:
        return len(value)
    except TypeError:
        return None


def splits_of(value):
    """((x, y), (x, y)) is train and test, as keras.datasets gives them; three are train, validation
    and test; four as scikit-learn's train_test_split gives them, or x and y in turn."""
    if len(value) == 2:
        return {"train": value[0], "test": value[1]}
    if len(value) == 3:
        return dict(zip(("train", "validation", "test"), value))
    if len(value) == 4:
        a, b, c, d = (to_array(item, "what load_data returned") for item in value)
        in_turn = len(a) == len(b) and len(c) == len(d) and a.ndim >= b.ndim
        if in_turn and not (len(a) == len(c) and a.shape[1:] == b.shape[1:]):
            return {"train": (a, b), "test": (c, d)}
        return {"train": (a, c), "test": (b, d)}
    raise wrong_form("what load_data returned", described(value))
