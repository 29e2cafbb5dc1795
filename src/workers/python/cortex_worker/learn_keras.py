"""What a script's call of `fit` tells: data, settings, loss, callbacks."""

import ast

import numpy as np

from .arrays import batches_of, is_iterable_of_pairs, pair_of, to_array, to_inputs
from .keep import kept_data
from .keras_framework import KEPT_CALLBACKS
from .keras_losses import name_of, own_loss
from .outcome import Refused
from .targets import are_labels, read_targets


def learned(call, folder, text):
    """`text`: the script."""
    task = task_of(own_loss(call.model))
    given, batch = given_to(call)
    parts, tables = parts_of(given, task)
    train = tables["train" if "train" in tables else "whole"]
    data = kept_data({**parts, "task": train[1].task}, folder)
    kept, left = callbacks_of(call)
    split = call.get("validation_split", 0.0)
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
        "notes": notes_on(text),
    }


def notes_on(text):
    """`fit` is called with epochs on a network; a scaler has one as well."""
    calls = [
        node for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", None) == "fit"
        and any(keyword.arg in OF_NETWORKS for keyword in node.keywords)
    ]
    if len(calls) < 2:
        return []
    return [f"The script calls fit {len(calls)} times; the first that it comes to counts."]


OF_NETWORKS = ("epochs", "batch_size", "validation_data", "validation_split", "callbacks")


def task_of(loss):
    """What a loss is for; None where its name does not say it."""
    name = name_of(loss) if loss is not None else ""
    if "crossentropy" in name:
        return "classification"
    known = ("mean_", "huber", "log_cosh", "logcosh", "mse", "mae", "mape", "msle", "poisson")
    return "regression" if name.startswith(known) else None


def given_to(call):
    """What `fit` was given by part, and the size of its batches."""
    x, y, batch = call.get("x"), call.get("y"), call.get("batch_size", KERAS_BATCH)
    if y is None and is_iterable_of_pairs(x):
        x, y, batch = read_dataset(x, "what fit was given", call.get("steps_per_epoch"))
    elif y is None and not hasattr(x, "shape"):
        x, y = pair_of(x, "what fit was given")
    if y is None:
        raise no_targets()
    validation = call.get("validation_data")
    if validation is None:
        return {"whole": (x, y)}, batch
    if is_iterable_of_pairs(validation):
        steps = call.get("validation_steps")
        rows = read_dataset(validation, "validation_data", steps)
        return {"train": (x, y), "validation": rows[:2]}, batch
    pair = validation[:2] if isinstance(validation, (list, tuple)) else validation
    return {"train": (x, y), "validation": pair_of(pair, "validation_data")}, batch


#: Rows of a batch where `fit` is not told.
KERAS_BATCH = 32


def read_dataset(value, name, steps):
    """Its inputs, targets, and the rows of its first batch."""
    batches = batches_of(value, name, None if steps is None else int(steps))
    inputs, targets = (np.concatenate(part) for part in zip(*batches))
    return inputs, targets, len(batches[0][0])


def parts_of(given, task):
    """The arrays as they were given to `fit`, and as Cortex reads them, by part."""
    arrays = {name: single(*pair, name) for name, pair in given.items()}
    tables = {}
    for name, (inputs, targets) in arrays.items():
        arrays[name] = (inputs, flat(targets))
        task = task_on(targets, task) if len(tables) == 0 else task
        read = read_targets(flat(targets), task, f"targets of the {name} part")
        tables[name] = (to_inputs(inputs, "inputs"), read)
    return arrays, tables


def task_on(targets, task):
    """Labels that hold together are trained by the losses of classes; shares are numbers."""
    if task == "classification" and are_labels(targets):
        return "multi-label"
    return "regression" if task and not is_whole(targets) else task


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


def is_whole(targets):
    """Shares are numbers to come near to (an autoencoder's), whatever the loss is called."""
    numbers = np.asarray(targets, dtype=np.float64)
    return bool((numbers == np.round(numbers)).all())


def flat(targets):
    return targets.reshape(len(targets), -1) if targets.ndim > 2 else targets


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
