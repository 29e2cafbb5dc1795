"""What a script's call of `fit` tells: data, settings, loss, callbacks."""

import numpy as np

from .arrays import pair_of, to_array, to_inputs
from .keep import kept_data
from .keras_framework import KEPT_CALLBACKS
from .keras_losses import name_of, own_loss
from .outcome import Refused
from .targets import read_targets


def learned(call, folder):
    task = task_of(own_loss(call.model))
    parts, tables = parts_of(call, task)
    train = tables["train" if "train" in tables else "whole"]
    data = kept_data({**parts, "task": train[1].task}, folder)
    kept, left = callbacks_of(call)
    split = call.get("validation_split", 0.0)
    batch = call.get("batch_size", 32)
    return {
        "data": data,
        "epochs": int(call.get("epochs", 1)),
        "batchSize": int(batch),
        "validation": float(split) or None,
        "rows": {name: len(inputs) for name, (inputs, _) in tables.items()},
        "inputShape": list(train[0].shape[1:]),
        "outputUnits": train[1].units,
        "task": train[1].task,
        "loss": name_of(own_loss(call.model)),
        "optimizer": optimizer_words(call.model),
        "parameters": int(call.model.count_params()) if call.model.built else None,
        "kept": kept,
        "leftOut": left + weights_of(call),
        "notes": [],
    }


def task_of(loss):
    """What a loss is for; None where its name does not say it."""
    name = name_of(loss) if loss is not None else ""
    if "crossentropy" in name:
        return "classification"
    known = ("mean_", "huber", "log_cosh", "logcosh", "mse", "mae", "mape", "msle", "poisson")
    return "regression" if name.startswith(known) else None


def parts_of(call, task):
    """The arrays as they were given to `fit`, and as Cortex reads them, by part."""
    x, y = call.get("x"), call.get("y")
    if y is None:
        most = rows_per_epoch(call)
        x, y = pair_of(x, "what fit was given", most) if not hasattr(x, "shape") else (x, None)
    if y is None:
        raise no_targets()
    given = {"train": (x, y)}
    validation = call.get("validation_data")
    if validation is not None:
        pair = validation[:2] if isinstance(validation, (list, tuple)) else validation
        given["validation"] = pair_of(pair, "validation_data", None)
    else:
        given = {"whole": given["train"]}
    arrays = {name: single(*pair, name) for name, pair in given.items()}
    tables = {}
    for name, (inputs, targets) in arrays.items():
        read = read_targets(flat(targets), task, f"targets of the {name} part")
        tables[name] = (to_inputs(inputs, "inputs"), read)
    return arrays, tables


def single(x, y, name):
    """One input and one output; several are told of."""
    for what, value in (("inputs", x), ("outputs", y)):
        several = isinstance(value, dict) or (
            isinstance(value, (list, tuple)) and value and hasattr(value[0], "shape")
            and getattr(value[0], "ndim", 0) > 0
        )
        if several and len(value) > 1:
            raise Refused(
                "attach-several",
                f"fit was given {len(value)} {what} ({name}).",
                "one input and one output.",
                "Cortex cannot train such models yet.",
            )
    x = next(iter(x.values())) if isinstance(x, dict) else x
    y = next(iter(y.values())) if isinstance(y, dict) else y
    return plain(to_array(x, "inputs")), plain(to_array(y, "targets"))


def plain(array):
    """Without Python objects: those cannot be kept in a file that is safe to read."""
    return array.astype(np.float32) if array.dtype == object else array


def flat(targets):
    return targets.reshape(len(targets), -1) if targets.ndim > 2 else targets


def rows_per_epoch(call):
    steps = call.get("steps_per_epoch")
    return None if steps is None else int(steps) * int(call.get("batch_size", 32))


def no_targets():
    return Refused(
        "attach-no-targets",
        "fit was given no targets: the model computes its own loss.",
        "inputs and targets.",
        "Cortex cannot train such models yet.",
    )


def callbacks_of(call):
    given = call.get("callbacks", [])
    given = given if isinstance(given, (list, tuple)) else [given]
    names = [type(each).__name__ for each in given]
    return (
        [name for name in names if name in KEPT_CALLBACKS],
        [name for name in names if name not in KEPT_CALLBACKS],
    )


def weights_of(call):
    return ["sample_weight"] if call.get("sample_weight") is not None else []


def optimizer_words(model):
    optimizer = getattr(model, "optimizer", None)
    if optimizer is None:
        return None
    try:
        rate = float(optimizer.learning_rate)
    except (TypeError, ValueError, AttributeError):
        return type(optimizer).__name__
    return f"{type(optimizer).__name__} {rate:g}"
