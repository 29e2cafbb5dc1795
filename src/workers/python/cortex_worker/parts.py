"""A study's data in parts, as every trial uses them; the test rows are dropped under the seal."""

import hashlib
import json
from dataclasses import dataclass, field, replace
from typing import Optional

import numpy as np

from .outcome import Refused
from .split import deal_rows
from .targets import Targets, renumbered

FEWEST_ROWS = 10


@dataclass(frozen=True)
class Table:
    """All rows of a source, or of one ready-made part. inputs: float32 (rows, …)."""

    inputs: np.ndarray
    targets: Targets

    def __len__(self):
        return len(self.inputs)

    def rows(self, numbers):
        return Table(self.inputs[numbers], self.targets.rows(numbers))


@dataclass(frozen=True)
class StudyData:
    """`test` is None unless it was unsealed. `folds`: every fold as data of its own."""

    train: Table
    validation: Table
    test: Optional[Table]
    test_rows: int
    hash: str
    #: What was fitted to the training part and done to every row, as a kept model names it.
    preparation: dict = field(repr=False)
    foldable: bool = False
    folds: tuple = field(default=(), repr=False)

    @property
    def task(self):
        return self.train.targets.task

    @property
    def input_shape(self):
        return list(self.train.inputs.shape[1:])

    @property
    def output_units(self):
        return self.train.targets.units

    @property
    def each_fold(self):
        return self.folds or (self,)


def split_table(table, config, unsealed):
    """Splits by the study's seed, by class for classification."""
    require_same_rows(table, "the data")
    require_rows("The data", len(table), FEWEST_ROWS)
    return with_folds([
        prepare(
            table.rows(rows["train"]),
            table.rows(rows["validation"]),
            (table.rows(rows["test"]) if unsealed and rows["test"] else None, len(rows["test"])),
            config,
        )
        for rows in dealt(table, config["split"])
    ])


def split_off_validation(train, test, config):
    """Ready-made parts without one for validation: the study's share of the training part."""
    require_same_rows(train, "the train part")
    split = {**config["split"], "test": 0}
    return with_folds([
        join_parts(train.rows(rows["train"]), train.rows(rows["validation"]), test, config)
        for rows in dealt(train, split)
    ])


def join_parts(train, validation, test, config):
    """Uses ready-made parts as they are; `test` is a table (or None) and its row count."""
    parts = [("validation", validation)] + ([("test", test[0])] if test[0] is not None else [])
    require_same_rows(train, "the train part")
    for name, part in parts:
        require_same_rows(part, f"the {name} part")
        require_fitting(part, train, name)
    fitted = {name: renumber(part, train, name) for name, part in parts}
    return prepare(train, fitted["validation"], (fitted.get("test"), test[1]), config)


def renumber(part, train, name):
    return Table(part.inputs, renumbered(part.targets, train.targets.classes, name))


def dealt(table, split):
    labels = table.targets.values if table.targets.task == "classification" else None
    return deal_rows(len(table), labels, split)


def with_folds(folds):
    first = replace(folds[0], foldable=True)
    if len(folds) == 1:
        return first
    text = json.dumps([fold.hash for fold in folds], separators=(",", ":"))
    together = hashlib.sha256(text.encode()).hexdigest()
    return replace(first, hash=together, folds=tuple(folds))


def prepare(train, validation, test, config):
    require_trainable(train)
    require_rows("The training part", len(train), 2)
    require_rows("The validation part", len(validation), 1)
    scales = scales_for(train, config["preprocessing"])
    transform = transform_by(scales)
    return StudyData(
        train=transform(train),
        validation=transform(validation),
        test=None if test[0] is None else transform(test[0]),
        test_rows=test[1],
        hash=hash_of(train.inputs.shape[1:], [train, validation]),
        preparation={
            "inputs": told(scales[0]), "targets": told(scales[1]),
            "classes": list(train.targets.classes),
        },
    )


def scales_for(train, options):
    """Of inputs and targets, fitted on the training part alone; None where they stay."""
    inputs = scaling(train.inputs) if options["standardizeInputs"] else None
    numeric = train.targets.task == "regression" and options["scaleTargets"]
    return inputs, scaling(train.targets.values) if numeric else None


def transform_by(scales):
    def transform(part):
        inputs = scaled(part.inputs, scales[0])
        values = scaled(part.targets.values, scales[1])
        return Table(inputs, replace(part.targets, values=values))

    return transform


def told(scale):
    return None if scale is None else {"mean": scale[0].tolist(), "deviation": scale[1].tolist()}


def scaling(values):
    """Mean and deviation of each column; a constant one keeps the deviation 1."""
    flat = values.reshape(len(values), -1).astype(np.float64)
    variance = flat.var(axis=0)
    return flat.mean(axis=0), np.where(variance > 1e-12, np.sqrt(variance), 1.0)


def scaled(values, scale):
    if scale is None:
        return values
    flat = (values.reshape(len(values), -1) - scale[0]) / scale[1]
    return flat.astype(np.float32).reshape(values.shape)


def hash_of(shape, parts):
    """SHA-256 as src/workers/tfjs/data/arrayData.ts makes it: the same data, the same hash."""
    facts = [list(shape), [len(part) for part in parts]]
    digest = hashlib.sha256(json.dumps(facts, separators=(",", ":")).encode())
    for part in parts:
        for values in (part.inputs, part.targets.values):
            digest.update(np.ascontiguousarray(values, dtype="<f4").tobytes())
    return digest.hexdigest()


def require_trainable(train):
    values = train.targets.values
    if train.targets.task != "classification":
        if len(values) > 1 and (values == values[0]).all():
            raise Refused(
                "data-constant-target",
                f"Every row of the training part has the same target ({values[0][0]:g}).",
                "targets that vary: there is nothing to learn from one value.",
                "Check the target column, or what load_data returns as targets.",
            )
        return
    seen = np.unique(values)
    if len(seen) < 2:
        name = train.targets.classes[seen[0]] if len(seen) else ""
        raise Refused(
            "data-one-class",
            f"Every row has the same class ({name}).",
            "at least two classes to tell apart.",
            "Check the target column, or set the task to regression.",
        )
    if len(values) > 20 and len(seen) > len(values) / 2:
        raise Refused(
            "data-too-many-classes",
            f"The target has {len(seen)} different values in {len(values)} rows.",
            "classes that repeat.",
            "Check the target column, or set the task to regression.",
        )


def require_rows(what, rows, needed):
    if rows < needed:
        raise Refused(
            "data-too-few-rows",
            f"{what} has {rows} {'row' if rows == 1 else 'rows'}.",
            f"at least {needed}.",
            'Bring more data, or change the shares under "split" in cortex.json.',
        )


def require_same_rows(table, what):
    if len(table.targets) != len(table):
        raise wrong_shape(
            f"In {what} there are {len(table)} inputs and {len(table.targets)} targets.",
            "one target for each input.",
        )


def require_fitting(part, train, name):
    shapes = [list(table.inputs.shape[1:]) for table in (part, train)]
    if shapes[0] != shapes[1]:
        raise wrong_shape(
            f"Inputs of the {name} part have the shape {shapes[0]}, those of the training part "
            f"{shapes[1]}.",
            "the same shape in each part.",
        )
    tasks = part.targets.task, train.targets.task
    if tasks[0] != tasks[1]:
        raise wrong_shape(
            f"The {name} part holds {tasks[0]} targets, the training part {tasks[1]}.",
            "the same kind of target in each part.",
        )


def wrong_shape(happened, expected):
    remedy = 'Correct "data.inputShape" in cortex.json or the data itself.'
    return Refused("data-wrong-shape", happened, expected, remedy)
