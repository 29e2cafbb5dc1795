"""What both frameworks share: a model ready to train, the order of its rows, checks of its shape."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from .evaluator import LOGITS, PROBABILITIES, reading_of, reading_of_labels
from .outcome import Fault

#: How class targets are handed to a loss.
ONE_HOT, CLASS_NUMBER, SINGLE_UNIT, NUMBERS = "one-hot", "class-number", "single-unit", "numbers"

SAMPLE_ROWS = 32
PREDICTION_BATCH = 512
DEFAULT_LEARNING_RATE = 1e-3
BYTES_PER_WEIGHT = 4


@dataclass
class Prepared:
    """A model ready to train, and how to feed and read it. `own_objective`: it minimises something
    else than the study's loss."""

    model: Any
    form: str
    reading: str
    own_objective: bool
    optimizer: Any = None
    loss: Any = None
    #: Of the outputs of one row.
    shape: tuple = ()
    #: A training that holds the model's state itself.
    run: Any = None
    #: What its weights are held to, as held.py has it.
    hold: Any = None
    task: str = ""


def epoch_orders(rows, seed):
    """For each epoch the order of the training rows; the same seed, the same orders."""
    random = np.random.default_rng(abs(int(seed)))
    while True:
        yield random.permutation(rows)


def formed(targets, form):
    """Training targets as a loss wants them, one row each."""
    if targets.task != "classification":
        return targets.values
    if targets.soft is not None:
        return targets.soft[:, 1:] if form == SINGLE_UNIT else targets.soft
    if form == ONE_HOT:
        return np.eye(targets.units, dtype=np.float32)[targets.values]
    if form == SINGLE_UNIT:
        return targets.values.astype(np.float32)[:, None]
    return targets.values[:, None]


def reading_for(outputs, data):
    if data.task == "regression":
        return PROBABILITIES
    return reading_of_labels(outputs) if data.task == "multi-label" else reading_of(outputs)


def require_outputs(shape, data):
    """`shape` is that of one output; two classes may share one unit. Numbers may stand in any
    shape that holds as many."""
    units = data.output_units
    if data.task == "regression" and all(shape) and math.prod(shape) == units:
        return
    expected = [units, 1] if data.task == "classification" and units == 2 else [units]
    if len(shape) == 1 and (shape[0] is None or shape[0] in expected):
        return
    raise Fault(
        "shape",
        f"The model gives outputs of shape {listed(shape)}; the study's data needs [{units}].",
    )


def listed(shape):
    return "[" + ", ".join("null" if axis is None else str(axis) for axis in shape) + "]"


def require_limits(parameters, limits):
    if parameters > limits["parameters"]:
        raise Fault(
            "limits",
            f"The model has {parameters} parameters; limits.parameters allows "
            f"{limits['parameters']}.",
        )
    size = -(-parameters * BYTES_PER_WEIGHT // 1024)
    if size > limits["modelKB"]:
        raise Fault(
            "limits",
            f"The model's weights take {size} KB; limits.modelKB allows {limits['modelKB']}.",
        )


def is_logits(reading):
    return reading == LOGITS
