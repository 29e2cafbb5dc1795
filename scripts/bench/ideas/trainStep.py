"""Runs each source of a list, trains it one step, and prints which failed and why."""

import json
import math
import sys

import keras
import numpy as np
import torch


def rows_of(asked):
    rng = np.random.default_rng(3)
    x = np.floor(rng.uniform(0, 8, [4, *asked["shape"]])).astype("float32")
    if asked["classes"]:
        return x, np.eye(asked["units"], dtype="float32")[[0, 1, 0, 1]]
    return x, rng.normal(size=[4, asked["units"]]).astype("float32")


def keras_step(names, asked):
    model = names["build_model"]()
    x, y = rows_of(asked)
    if getattr(model, "optimizer", None) is None:
        model.compile("adam", "categorical_crossentropy" if asked["classes"] else "mse")
    return float(np.ravel(model.train_on_batch(x, y))[0])


def torch_step(names, asked):
    x, y = (torch.tensor(each) for each in rows_of(asked))
    if any(isinstance(layer, torch.nn.Embedding) for layer in names["model"].modules()):
        x = x.long()
    names["optimizer"].zero_grad()
    loss = names["criterion"](names["model"](x), y)
    loss.backward()
    names["optimizer"].step()
    return loss.item()


def failure_of(asked):
    names = {"__name__": "model"}
    try:
        exec(compile(asked["text"], "model.py", "exec"), names)
        step = torch_step if "criterion" in names else keras_step
        loss = step(names, asked)
        return None if math.isfinite(loss) else f"a loss of {loss}"
    except Exception as error:
        return f"{type(error).__name__}: {str(error)[:300]}"
    finally:
        keras.utils.clear_session()


asked = json.load(open(sys.argv[1]))
failures = [(each["name"], failure_of(each)) for each in asked]
print(json.dumps([f"{name}: {why}" for name, why in failures if why is not None]))
